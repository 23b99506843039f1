// Slack speaks each person's language, so its own few words inside messages and windows do too.
// The page around them (the top bar, the choice of person) is the demo's, and speaks English.
import { me } from "./directory.js";

/** @type {Record<string, string>} */
const FRENCH = {
  "(optional)": "(facultatif)",
  "(edited)": "(modifié)",
  "Only visible to you": "Visible par vous uniquement",
  "1 reply": "1 réponse",
  "{n} replies": "{n} réponses",
  "Select an option": "Sélectionnez une option",
  "Select options": "Sélectionnez des options",
  Download: "Télécharger",
  "No results": "Aucun résultat",
  "Loading…": "Chargement…",
  "Type {n} letters or more": "Saisissez au moins {n} lettres",
  "{n} left": "Encore {n}",
  Close: "Fermer",
  Previous: "Précédente",
  Next: "Suivante",
  "Page {n} of {of}": "Page {n} sur {of}",
  "Please complete this required field.": "Veuillez remplir ce champ obligatoire.",
  "Please enter an email address.": "Veuillez saisir une adresse e-mail.",
  "Please enter a URL, such as https://example.com.": "Veuillez saisir une adresse web, par exemple https://example.com.",
  "Please enter at least {n} characters.": "Veuillez saisir au moins {n} caractères.",
  "Please enter a number.": "Veuillez saisir un nombre.",
  "Please enter a whole number.": "Veuillez saisir un nombre entier.",
  "Please enter a number of at least {n}.": "Veuillez saisir un nombre supérieur ou égal à {n}.",
  "Please enter a number of at most {n}.": "Veuillez saisir un nombre inférieur ou égal à {n}.",
};

/** @param {string} sentence @param {Record<string, string | number | undefined>} fields */
export function say(sentence, fields = {}) {
  const words = (me().locale.startsWith("fr") && FRENCH[sentence]) || sentence;
  return words.replace(/\{(\w+)\}/g, (_, /** @type {string} */ name) => String(fields[name]));
}
