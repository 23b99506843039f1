# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The words of headers, in the languages that services write them in. Whole names are keys; stems stand inside one."""

from bot.importing.cells.keys import keys, stems

# How "how likely are you to recommend us" sounds; a stem is enough, since the question is the operator's own.
RECOMMEND = stems(
    "recommend|recommand|recomend|recomiend|raccomand|consigli|empfehl|empfiehl|aanbevel|aanbeve|aanraden|anbefal|"
    "rekommend|suosittel|polec|doporuc|odporuc|ajanlan|ajanlja|recoman|preporuc|pripor|rekomend|soovita|iesak|"
    "tavsiye|рекоменд|порекоменд|порад|препоръч|συστησ|συνιστ|προτειν|薦め|勧め|すすめ|推荐|推薦|추천|توصي|نوصي|ترشح|המלי|"
    "ממלי|แนะนำ|giớithiệu"
)
SCORE = keys(
    "score|nps|nps score|score nps|enps|enps score|nps rating|likelihood to recommend|note nps|nota nps|nps-wert"
)
MAYBE_SCORE = keys(
    "rating|note|note sur 10|bewertung|punktzahl|wertung|puntuación|puntaje|calificación|nota|pontuação|punteggio|voto|"
    "valutazione|cijfer|beoordeling|betyg|karakter|arvosana|ocena|оценка|スコア|评分|評分|점수"
)
GROUP = (
    "npsgroup", "npsgruppe", "groupenps", "gruponps", "grupponps", "npscategory", "npscategorie", "categorienps",
    "npstype", "npssegment",
)  # fmt: skip
GROUP_LABELS = keys(
    "group|groupe|gruppe|grupo|gruppo|groep|category|catégorie|kategorie|categoría|categoria|categorie|segment"
)

ROW_ID = keys(
    "response id|survey response id|respondent id|submission id|answer id|result id|record id|entry id|uuid|id|"
    "id de réponse|id de la réponse|identifiant|id du répondant|antwort-id|antwortkennung|id de respuesta|"
    "id da resposta|id risposta|id della risposta|reactie-id|antwoord-id"
)
TIMESTAMP = keys(
    "timestamp|horodateur|horodatage|zeitstempel|marca temporal|marca de tiempo|carimbo de data/hora|data/hora|"
    "informazioni cronologiche|tijdstempel|tidstämpel|tidsstempel|tidsmerke|aikaleima|sygnatura czasowa|časová značka|"
    "časová pečiatka|időbélyeg|marcaj temporal|marcă temporală|zaman damgası|отметка времени|позначка часу|"
    "χρονική σήμανση|タイムスタンプ|时间戳记|时间戳|時間戳記|타임스탬프|طابع زمني|חותמת זמן|ประทับเวลา|dấu thời gian|marca de temps|"
    "ajatempel"
)
SUBMITTED = keys(
    "end date|submit date|submitted at|date submitted|submission date|submitted|completed at|completion time|"
    "date completed|responded at|response date|responded on|answered at|answered on|date answered|"
    "date de fin|date d'envoi|date de soumission|date de réponse|répondu le|heure de fin|"
    "enddatum|abgesendet|abgeschickt am|datum abgeschickt|absendedatum|antwortdatum|beantwortet am|fertigstellungszeit|"
    "fecha de finalización|fecha final|fecha de fin|fecha de envío|fecha de respuesta|hora de finalización|"
    "data de término|data de conclusão|data final|data de envio|data da resposta|hora de conclusão|"
    "data di fine|data fine|data di invio|data invio|data risposta|ora di completamento|"
    "einddatum|datum verzonden|verzenddatum|verzonden op|ingediend op|antwoorddatum|tijd van voltooien"
)
STARTED = keys(
    "start date|started at|start time|stage date|date de début|heure de début|startdatum|begonnen am|startzeit|"
    "fecha de inicio|hora de inicio|data de início|hora de início|data di inizio|data inizio|ora di inizio|"
    "begintijd|begindatum"
)
# Best first: when the answer was given, stored, created, changed, begun.
MOMENTS = (
    SUBMITTED,
    TIMESTAMP
    | keys("recorded date|recorded at|time stamp|date and time|datetime|date/time|date et heure|datum und uhrzeit|"
           "fecha y hora|data e hora|data e ora|datum en tijd"),
    keys("created at|created|date created|created on|creation date|créé le|date de création|erstellt am|erstelldatum|"
         "fecha de creación|creado el|data de criação|criado em|data di creazione|creato il|aangemaakt op|aanmaakdatum"),
    keys("date|answer date|datum|fecha|data|day|jour|time|heure"),
    keys("updated at|updated|date modified|modified at|last modified|date de modification|änderungsdatum|geändert am|"
         "fecha de modificación|data de modificação|data di modifica|wijzigingsdatum|gewijzigd op"),
    STARTED,
)  # fmt: skip
TIME_ZONE = keys(
    "time zone|timezone|tz|fuseau horaire|zeitzone|zona horaria|huso horario|fuso horário|fuso orario|tijdzone"
)

FINISHED = keys(
    "finished|is finished|completed|is completed|complete|is complete|terminé|achevé|abgeschlossen|beendet|vollständig|"
    "terminado|finalizado|completado|concluído|completato|terminato|voltooid|afgerond"
)
STATUS = keys(
    "status|response status|response type|survey status|completion status|distribution channel|statut|"
    "statut de la réponse|type de réponse|antwortstatus|antworttyp|antwortart|estado|tipo de respuesta|"
    "estado de la respuesta|tipo de resposta|stato|tipo di risposta|stato della risposta|reactietype|type reactie"
)
SURVEY_KIND = keys("survey type")
NO = keys("0|no|n|false|non|faux|nein|falsch|falso|não|nee|onwaar|not finished|incomplete")
YES = keys("1|x|yes|y|true|oui|vrai|ja|wahr|sí|verdadero|sim|verdadeiro|vero|waar")
PREVIEW = stems(
    "preview|test|vorschau|aperçu|prévisualisation|vista previa|previsualización|pré-visualização|visualização|"
    "anteprima|voorbeeld"
)
UNFINISHED = stems(
    "partial|started|incomplete|in progress|unfinished|not finished|abandoned|partiel|incomplet|commencé|en cours|"
    "teilweise|unvollständig|begonnen|gestartet|parcial|incompleto|iniciado|en curso|em andamento|parziale|incompleta|"
    "iniziato|in corso|gedeeltelijk|onvolledig"
)
COMMENT = stems(
    "comment|feedback|verbatim|why|mainreason|primaryreason|reasonfor|improve|tell-us-more|explain|suggest|"
    "anything-else|openended|open-ended|commentaire|pourquoi|raison|améliorer|amelior|expliqu|remarque|"
    "kommentar|warum|weshalb|wieso|grund|verbesser|anmerkung|begründ|rückmeldung|erläuter|comentario|porqué|"
    "razón|motivo|mejorar|sugerencia|explique|explica|comentário|porque|razão|melhorar|sugest|commento|"
    "commenti|perché|ragione|miglior|suggeriment|spiega|opmerking|waarom|reden|verbeter|toelichting|"
    "commentaar|kommentti|miksi|varför|anledning|hvorfor|dlaczego|powód|komentarz|komentář|proč|почему|причин|"
    "комментари|коммент|理由|コメント|原因|评论|意見|意见|이유|의견"
)
DRIVERS = keys("driver|drivers|reasons|reason codes|factors|motifs|facteurs|gründe|motivos|fattori|factoren")
DRIVER_QUESTION = stems(
    "influ|influenc|invloed|select-all|choose-all|check-all|all-that-apply|which-of-the-following|"
    "mostly-about|contributed|factors|plusieurs-réponses|cochez|facteurs|choix-multiple|concerne|mehrfach|"
    "alles-zutreffende|alle-zutreffenden|faktoren|seleccione-tod|marque-tod|factores|selecione-tod|fatores|"
    "seleziona-tutt|fattori|selecteer-alle|factoren|alle-die-van-toepassing"
)
OTHER = keys(
    "other|other (please specify)|autre|autre (veuillez préciser)|andere|sonstiges|otro|outro|altro|anders"
)
GENERIC_LABELS = keys(
    "response|open-ended response|réponse|réponse libre|réponse ouverte|antwort|offene antwort|antwort mit offenem ende|"
    "respuesta|respuesta abierta|resposta|resposta aberta|risposta|risposta aperta|antwoord|reactie|open antwoord"
)
