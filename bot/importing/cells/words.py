# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The words of headers, in the languages that services write them in. Whole names are keys; stems stand inside one."""

from bot.importing.cells.keys import beginnings, keys, stems

# How "how likely are you to recommend us" sounds; a stem is enough, since the question is the operator's own.
RECOMMEND = stems(
    "recommend|recommand|recomend|recomiend|raccomand|consiglier|consigliar|empfehl|empfiehl|aanbevel|aanbeve|"
    "aanraden|anbefal|rekommend|suosittel|polec|doporuc|odporuc|ajanlan|ajanlja|recoman|preporuc|ajanlas|pripor|rekomend|"
    "soovita|iesak|tavsiye|рекоменд|порекоменд|порад|посовет|советов|препоръч|συστησ|συστην|συνιστ|προτειν|薦め|勧め|すすめ|"
    "推奨|推荐|推薦|추천|توصي|نوصي|ترشح|המלי|ממלי|תמלי|แนะนำ|giớithiệu|netpromoter|likelihoodtorecommend|merekomendasi"
)
# The same, where the letters stand inside other words too: only at the beginning of a word.
RECOMMEND_WORDS = beginnings(
    "indicar|conseillerie|consigli|conseillera|conseiller-vous|öner|ltr!|nps!|enps!|npsscore|refer us|refer a friend|"
    "tell a friend|tell your friends|tell others about|weitersag|aanrader|porekomendo|polecił"
)
SCORE = keys(
    "score|nps|nps score|score nps|enps|enps score|nps rating|likelihood to recommend|note nps|nota nps|nps-wert|"
    "net promoter score|survey response score|nps response|nps answer|nps value|ltr score|numeric score|"
    "nps survey score|primary score|response score|nps note|ultimate question|likelihood to refer|properties score|event properties score|event properties nps|event properties nps score"
)
MAYBE_SCORE = keys(
    "rating|note|note sur 10|bewertung|punktzahl|wertung|puntuación|puntaje|calificación|nota|pontuação|punteggio|voto|"
    "valutazione|cijfer|beoordeling|betyg|karakter|arvosana|ocena|оценка|スコア|评分|評分|점수|points|punkte|puan|"
    "hodnocení|értékelés|likelihood|bal|балл|評価|得点|분|分數|分数|scorevalue|hs value|คะแนน|điểm|skor|nilai|пункты|оцінка|βαθμολογία|ציון|التقييم|pisteet|hodnota|poäng|pontszám|scor|notă|الدرجة|درجة|βαθμός|点数|點數|poengsum|poeng|"
    "mark|marks|gesamtnote|gesamtbewertung|rapportcijfer|punkty|známka|valoración|évaluation|notation|cotation"
)
# A score may be called so, and say whose it is.
WHOSE_SCORE = keys(
    "globale|global|générale|general|geral|generale|donnée|attribuée|finale|final|obtenue|overall|given|algemeen|ogólna"
)
# What a program that sums answers up puts before the name of the score, also where each row is one answer.
SUMMED = beginnings("sum of!|avg!|average of!|average!|max of!|maximum of!|min of!|minimum of!|mean of!")
# The score of an earlier time.
PREVIOUS = beginnings(
    "previous|prior!|preceding|before last|précédent|vorherig|vorig|letztmalig|anterior|precedent|poprzedni|предыдущ|föregående|forrige"
)
# What a column is called that holds the answer to the one question of its row.
ANSWER = keys(
    "answer|answer value|response|response value|value|survey response|properties.$survey_response|$survey_response|"
    "antwort|réponse|respuesta|resposta|risposta|antwoord|answer score|result|grade|selected option"
)
GROUP = (
    "npsgroup", "npsgruppe", "groupenps", "gruponps", "grupponps", "npscategory", "npscategorie", "categorienps",
    "npstype", "npssegment", "npskategorie", "categoriadenps", "npscategoria", "npslabel",
)  # fmt: skip
GROUP_LABELS = keys(
    "group|groupe|gruppe|grupo|gruppo|groep|category|catégorie|kategorie|categoría|categoria|categorie|segment"
)
CATEGORIES = keys(
    "promoter|promoters|passive|passives|neutral|neutrals|detractor|detractors|promoteur|passif|détracteur|promotor|"
    "pasivo|passivo|detratore|promotore|detractores|kritiker|passiv|neutro|indifferent|indifferente"
)
COUNT = keys(
    "count|number|responses|answers|n|frequency|respondents|total|quantity|number of responses|response count|anzahl|"
    "häufigkeit|nombre|effectif|réponses|cantidad|frecuencia|respuestas|quantidade|respostas|conteggio|aantal|liczba|"
    "количество|ile|antal"
)

# Best first: what names an answer, what names a row of any kind, what may name a person.
ROW_ID = (
    keys(
        "response id|survey response id|response uuid|submission id|answer id|result id|record id|entry id|feedback id|"
        "review id|score id|survey answer id|id de réponse|id de la réponse|antwort-id|antwortkennung|id de respuesta|"
        "id da resposta|id risposta|id della risposta|reactie-id|antwoord-id|responseid|response_id|response number|"
        "submission uuid|response key|id odpowiedzi|id ответа"
    ),
    keys("uuid|guid|id|identifiant|kennung|identificador|nr|record|token|reference|event id"),
    keys("respondent id|id du répondant|respondent uuid|participant id|respondent"),
)
TIME_ZONE = keys(
    "time zone|timezone|tz|fuseau horaire|zeitzone|zona horaria|huso horario|fuso horário|fuso orario|tijdzone"
)

ZONE_OFFSET = keys(
    "utc offset|gmt offset|time zone offset|timezone offset|tz offset|zone offset|offset from utc|offset to utc|utc difference|"
    "décalage utc|décalage horaire|utc-versatz|zeitverschiebung|desfase utc|desfase horario|deslocamento utc|scarto utc"
)

NO = keys(
    "0|no|n|false|non|faux|nein|falsch|falso|não|nee|onwaar|not finished|incomplete|unchecked|not selected|nie|нет|"
    "hayır|nej|nei|ne|nem|nu|ei|ні|όχι|لا|לא|không|ไม่ใช่|ไม่|いいえ|否|아니요|off|unticked"
)
YES = keys(
    "1|x|yes|y|true|oui|vrai|ja|wahr|sí|verdadero|sim|verdadeiro|vero|waar|checked|selected|✓|✔|tak|да|evet|ano|kyllä|"
    "igen|так|ναι|نعم|כן|có|ใช่|はい|是|예|on|ticked"
)
# No answer, as programs write it.
NOTHING = frozenset(
    {"n/a", "#n/a", "n.a.", "nan", "null", "<null>", "(null)", "\\n", "-", "--", "---", "–", "—", "nil", "<na>", "nat",
     "undefined", "(blank)", "(empty)", "not answered", "no answer", "no response", "keine angabe", "k.a."}
)  # fmt: skip

# The same, where it would be a place or a sign in another column: North America, say.
NO_WORDS = NOTHING | {"na", ".", "..", "n\\a"}
NO_DATE = NO_WORDS | {"none"}
# What stands in place of a score where somebody gave none.
NO_SCORE = frozenset(
    {"na", "none", "skipped", "skip", "not applicable", "don't know", "don’t know", "dont know", "not sure", "no opinion", "prefer not to say",
     "übersprungen", "weiss nicht", "weiss ich nicht", "nicht beantwortet", "ne sais pas", "je ne sais pas", "sans réponse",
     "non répondu", "no sé", "no contesta", "ns/nc", "não sei", "non so", "weet ik niet", "geen antwoord", "nie wiem",
     "не знаю", "нет ответа", "unanswered", "no score", "no rating", "prefer not to answer", "rather not say", "i don't know",
     "i don’t know", "unsure", "can't say", "can’t say", "keine antwort", "je préfère ne pas répondre", "ne se prononce pas",
     "prefiero no contestar", "prefiero no responder", "prefiro não responder", "preferisco non rispondere", "zeg ik liever niet",
     "trudno powiedzieć", "затрудняюсь ответить", "vet inte", "vet ikke", "ved ikke", "en osaa sanoa", "nevím", "nem tudom",
     "bilmiyorum", "わからない", "分からない", "不知道", "모르겠음", "잘 모르겠다"}
)  # fmt: skip

COMMENT = stems(
    "comment|feedback|verbatim|why|mainreason|primaryreason|reasonfor|improve|tell-us-more|explain|suggest|"
    "do-better|do-differently|faire-mieux|mieux-faire|besser-machen|hacer-mejor|fazer-melhor|anything-else|anything-to-add|like-to-add|like-to-share|openended|open-ended|commentaire|pourquoi|raison|améliorer|amelior|expliqu|remarque|"
    "kommentar|warum|weshalb|wieso|grund|verbesser|anmerkung|bemerkung|begründ|rückmeldung|erläuter|comentario|porqué|"
    "razón|motivo|mejorar|sugerencia|explique|explica|comentário|porque|razão|melhorar|sugest|commento|observaç|"
    "observac|commenti|perché|ragione|miglior|suggeriment|spiega|osservazion|opmerking|waarom|reden|verbeter|"
    "toelichting|commentaar|kommentti|miksi|varför|anledning|hvorfor|dlaczego|powód|komentarz|komentář|důvod|miért|"
    "neden|yorum|görüş|açıkla|proč|почему|причин|комментари|коммент|отзыв|пожелан|理由|コメント|ご意見|原因|评论|意見|意见|"
    "评价|이유|의견|alasan|komentar|lýdo|gópý|لماذا|تعليق|למה|הערות|מדוע|סיבה|เหตุผล|ความคิดเห็น|ทำไม|ข้อเสนอแนะ|tại-sao|lý-do|σχόλι|γιατί|"
    "改善|改进|改進|개선|ปรับปรุง|cải-thiện|βελτιώ|تحسين|לשפר|покращ|улучш|"
    "uzasadni|justif|motivera|indokol|perustel|begrund|begrunn|обоснуй|обоснов"
)
# Of these, what asks for a reason: it may also be chosen from few.
REASON = stems(
    "reason|raison|motif|grund|motivo|razón|razão|ragione|reden|anledning|årsag|syy|powód|důvod|neden|причин|理由|原因|이유|alasan"
)
# Names that mean a comment where nothing else does.
MAYBE_COMMENT = keys(
    "reason|nps reason|nps open text|score reason|rating reason|text|response|responses|answer|notes|note|message|remarks|remark|opinion|review|open text|free text|qualitative response|"
    "answer text|response text|text answer|review text|review content|review body|feedback text|feedback body|your words|in your words|in your own words|own words|words|voice of the customer|details|description|additional information|body|content|quote|statement|"
    "texte|avis|antwort|réponse|respuesta|resposta|risposta|antwoord|texto|testo|tekst|mensaje|mensagem|opinión|"
    "opinião|opinione|meinung|mening|notiz|notizen|notas|follow-up|followup|follow up|follow-up answer|follow-up response|response to follow-up|what they said|vì sao|"
    "synpunkter|bemærkninger|bemærkning|tilbakemelding|tilbagemelding|merknad|merknader|palaute|huomautus|huomautukset|uwagi|"
    "uwaga|opinia|poznámka|poznámky|připomínky|megjegyzés|megjegyzések|vélemény|visszajelzés|observații|observatii|mențiuni|"
    "примечание|примечания|замечания|зауваження|примітка|відгук|παρατηρήσεις|παρατήρηση|ملاحظات|ملاحظة|感想|ご感想|自由記述|"
    "自由回答|备注|備註|建议|建議|其他建议|其他建議|反馈|비고|메모|หมายเหตุ|ghi chú|nhận xét|catatan|kundenmeinung|kundenstimme|kundenaussage|klantreactie|klantmening"
)
# The same where the header says that it was a customer who said it, and these words.
SAID_BY_CUSTOMER = keys(
    "voice|words|says|said|what says|what said|review|opinion|response|answer|statement|quote|testimonial|remark|remarks|avis|"
    "retour|retours|mot|mots|parole|paroles|ressenti|réponse|témoignage|ce que dit|ce qu'a dit|meinung|stimme|antwort|"
    "opinión|respuesta|opinião|resposta|opinione|parere|risposta|recensione|reactie|mening|antwoord|opinia|отзыв|мнение"
)
CUSTOMERS = keys(
    "customer|customers|client|clients|cliente|clientes|clienti|kunde|kunden|klant|klanten|klient|klienta|клиент|клиента|user|"
    "users|guest|guests|the|of|s|du|des|de|del|della|dei|da|do|le|la|les|van|von|der|d|l"
)
# Never what a person said, however the rest of the name reads: our own people did.
OF_STAFF = beginnings(
    "follow up note|followup note|next step|csm!|crm!|internal|intern!|interne|interno|interna|private|agent|assign|owner|staff|"
    "team!|admin|our!|closed loop|action comment|actions!|moderat|manager|handled|author"
)
# Nor that, unless the word is the score's: “Score: reason”.
NO_COMMENT = beginnings(
    "tag!|tags|label|topic|"
    "theme|keyword|sentiment|insight|category|status|email|mail|e mail|url|link|permalink|source|channel|ip!|phone|"
    "language|lang!|locale|name!|count|rating|score|date!|time!|at!|requested|allowed|consent|translated|"
    "id!|uuid|type!|user agent|browser|device|campaign|legacy|reply|replied|resolution|public!|published|"
    "responsestatus|key words|length|emotion|priority|action taken|mentions|contact ok|may we contact|sourceurl"
)
# What free text may not be where nothing but its place speaks for it.
NAMED_THINGS = beginnings(
    "customer!|client!|company|organi|contact!|address|street|city!|town!|region!|country|subject|title!|ticket|product|"
    "item!|store!|shop!|branch|plan!|page!|screen|order|account|user!|person!|people|recipient|respondent|employee|job|"
    "role|position|department|team!|segment|group|location|place!|event|kunde|firma|unternehmen|"
    "adress|straße|stadt!|produkt|artikel|betreff|filiale|abteilung|entreprise|société|produit|sujet!|objet!|ville!|rue!|"
    "magasin|cliente|empresa|producto|asunto|dirección|ciudad|tienda|produto|assunto|endereço|cidade|loja|azienda|"
    "prodotto|oggetto|indirizzo|città|negozio|bedrijf|onderwerp|klant|adres|stad!|winkel|klient|firmy|produkt|temat|"
    "miasto|клиент|компани|адрес|город|товар|продукт|тема|会社|顧客|客户|公司|地址|产品|회사|고객|주소|제품|email|phone"
)
DRIVERS = keys(
    "driver|drivers|topics|reasons|reason codes|reason code|factors|motifs|facteurs|gründe|motivos|fattori|factoren|themes|"
    "reasons selected|selected reasons|score drivers|key drivers"
)
DRIVER_QUESTION = stems(
    "influ|influenc|invloed|mostly-about|contribut|factors|facteurs|concerne|faktoren|factores|fatores|fattori|"
    "factoren|beeinfluss|einfluss|wpłyn|повлия|etkile|påverka|påvirk|vaikut|ovlivn|影響|影响|영향|επηρέα|επηρεά|befolyásol|השפיע|ปัจจัย|มีผลต่อ|вплин|ảnh-hưởng|العوامل|أثر-على|أثرت-على|mainreasons|"
    "reasonsforyourscore|raisonsdevotrenote|drovyourscore|droveyour|"
    "whatmattered|matteredmost|mattersmost|whichaspect|whataspect|quelsaspects|quelaspect|welcheaspekte|welcheraspekt|"
    "quéaspectos|qualiaspetti|quaisaspectos|welkeaspecten"
)
MANY_ANSWERS = stems(
    "select-all|choose-all|check-all|all-that-apply|which-of-the-following|plusieurs-réponses|cochez|choix-multiple|"
    "mehrfach|alles-zutreffende|alle-zutreffenden|seleccione-tod|marque-tod|selecione-tod|seleziona-tutt|"
    "selecteer-alle|alle-die-van-toepassing|複数選択|複数回答|多选|多選|可复选|可複選|복수선택|복수응답|중복선택"
)
# A question about what somebody has or does, whatever could be ticked there: no reason for a score.
NO_DRIVER = beginnings(
    "do you use|did you use|you use|are you using|products do|product do|features do|services do|do you own|you own|"
    "did you buy|you buy|purchased|interested in|hear about|heard about|find us|utilisez|achet|nutzen sie|verwenden|"
    "benutzen|gekauft|usas|usa usted|utiliza|utilizz|usa!|gebruikt|używa|используете|which of our|rate!|how satisf|"
    "how would you rate|how important|satisfied|zufrieden|satisfait|satisfech|describe you|your role|industry"
)
OTHER = keys(
    "other|other (please specify)|other - text|other text|autre|autre (veuillez préciser)|andere|sonstiges|otro|outro|"
    "altro|anders|inne|другое|diğer|other reason|other (specify)"
)
GENERIC_LABELS = keys(
    "response|open-ended response|réponse|réponse libre|réponse ouverte|antwort|offene antwort|antwort mit offenem ende|"
    "respuesta|respuesta abierta|resposta|resposta aberta|risposta|risposta aperta|antwoord|reactie|open antwoord|"
    "answer|score|text|value|label|insight|action|comment|category"
)
