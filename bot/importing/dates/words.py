# ruff: noqa: RUF001 - other alphabets are what this file is for
"""The words of headers above dates, in the languages that services write them in."""

from bot.importing.cells.keys import beginnings, keys

TIMESTAMP = keys(
    "timestamp|ts|epoch|unix time|unix timestamp|horodateur|horodatage|zeitstempel|marca temporal|marca de tiempo|carimbo de data/hora|data/hora|"
    "informazioni cronologiche|tijdstempel|tidstämpel|tidsstempel|tidsmerke|aikaleima|sygnatura czasowa|časová značka|"
    "časová pečiatka|razítko|időbélyeg|marcaj temporal|marcă temporală|zaman damgası|отметка времени|позначка часу|"
    "временная метка|χρονική σήμανση|タイムスタンプ|时间戳记|时间戳|時間戳記|타임스탬프|طابع زمني|חותמת זמן|ประทับเวลา|"
    "dấu thời gian|marca de temps|ajatempel|stempel waktu|cap waktu"
)
SUBMITTED = keys(
    "end date|submit date|submitted at|date submitted|submission date|submitted|completed at|completion time|"
    "date completed|responded at|response date|responded on|responded|answered at|answered on|date answered|"
    "last nps survey date|survey date|feedback date|date of response|date of survey|response time|submission time|submitdate|end time|"
    "date de fin|date d'envoi|date de soumission|date de réponse|répondu le|heure de fin|"
    "enddatum|abgesendet|abgeschickt am|datum abgeschickt|absendedatum|antwortdatum|beantwortet am|fertigstellungszeit|"
    "fecha de finalización|fecha final|fecha de fin|fecha de envío|fecha de respuesta|hora de finalización|"
    "data de término|data de conclusão|data final|data de envio|data da resposta|hora de conclusão|"
    "data di fine|data fine|data di invio|data invio|data risposta|ora di completamento|"
    "einddatum|datum verzonden|verzenddatum|verzonden op|ingediend op|antwoorddatum|tijd van voltooien"
)
STARTED = keys(
    "start date|started at|start time|time started|date started|startdate|stage date|date de début|heure de début|"
    "startdatum|begonnen am|startzeit|fecha de inicio|hora de inicio|data de início|hora de início|data di inizio|"
    "data inizio|ora di inizio|begintijd|begindatum"
)
RECORDED = keys(
    "recorded date|recorded at|time stamp|date and time|datetime|date time|date et heure|datum und uhrzeit|"
    "fecha y hora|data e hora|data e ora|datum en tijd|дата и время|data i godzina|datum och tid|tarih ve saat|日時|"
    "datestamp|event time|received at|received|posted at|posted date|date posted|date received|collected at"
)
CREATED = keys(
    "created at|created|date created|created on|creation date|créé le|date de création|erstellt am|erstelldatum|"
    "fecha de creación|creado el|data de criação|criado em|data di creazione|creato il|aangemaakt op|aanmaakdatum|"
    "create date|created date|createdate"
)
DATE = keys(
    "date|answer date|datum|fecha|data|day|jour|time|heure|дата|tarih|päivämäärä|dato|dátum|ngày|tanggal|日付|日期|날짜|"
    "התאריך|תאריך|التاريخ|ημερομηνία|วันที่|วันเวลา|kuupäev|datums|датум|вреme|zeit|uhrzeit|hora"
)
UPDATED = keys(
    "updated at|updated|date modified|modified at|last modified|last modified time|date de modification|"
    "änderungsdatum|geändert am|fecha de modificación|data de modificação|data di modifica|wijzigingsdatum|gewijzigd op|"
    "date last action|datelastaction"
)

# When somebody began to answer, in further languages.
BEGUN = beginnings(
    "start!|startdat|starttid|begin|påbörj|påbegynd|rozpocz|начал|почат|başla|開始|开始|開始|시작|aloit|alku|alkam|zahájen|začát|"
    "začet|kezd|început|începe|bắt đầu|mulai|بدء|بداية|התחלה"
)
# What was done before anybody answered, whatever else the header says: “Survey Sent At”.
ASKED = beginnings(
    "send!|sent!|invit|deliver|opened|viewed|schedul|remind|next!|upcoming|previous|prior!|last survey|last nps|prochain|"
    "nächste|naechste|próxim|prossim|volgende"
)
# Where a column says that something went out, and another that it came back, the answer is of the second.
SENT = beginnings(
    "sent!|send!|emailed|mailed|invit|dispatch|envoi|envoy|expédi|versand|versendet|verschickt|abgesendet|abgeschickt|envío|"
    "enviad|envio|invio|inviat|verzond|verzend|verstuurd|wysłan|wysył|odeslán|отправ|gönderil|送信|発送"
)
CAME_BACK = beginnings(
    "received|returned|replied|responded|answered|response|retour|reçu|réception|répon|eingegangen|eingang|rücklauf|"
    "beantwortet|antwort|recibid|respuesta|respond|recebid|resposta|ricevut|risposta|ontvangen|beantwoord|antwoord|"
    "otrzyman|odpowied|получен|ответ|alındı|yanıt|cevap|回答|受信|返信"
)
# Words beside one of ANY_DATE that say: this is the date of the answer.
OF_ANSWER = beginnings(
    "respon|answer|submi|complet|survey|feedback|review|nps!|score|rated|vote|réponse|répon|envoi|soumis|soumission|"
    "enquête|sondage|avis!|antwort|beantwort|abgesendet|abgeschickt|umfrage|befragung|teilnahme|respuesta|envío|"
    "finaliz|encuesta|resposta|envio|conclus|pesquisa|risposta|invio|sondaggio|antwoord|verzond|ingediend|enquete|"
    "odpowied|ankiet|wypełn|ответ|заполн|опрос|anket|yanıt|cevap|svar|undersök|vastau|kysely|odpov|回答|提交|応答|응답|제출|slut!|slutdat|sluttid|slutför|fuldfør|fullfør|avslut|afslut|zakończ|ukończ|wysłan|окончан|"
    "выполнен|заверш|закінч|bitiş|tamamlan|gönderil|終了|完了|送信|结束|結束|完成|종료|완료|päätty|valmistu|lopet|ukončen|dokončen|"
    "odeslán|befejez|beküld|finaliz|kraj!|završet|kết thúc|selesai|نهاية|انتهاء|סיום"
)
ANY_DATE = beginnings(
    "date|dated!|datetime|dt!|dttm!|time!|timestamp|at!|on!|when!|day!|moment!|jour!|heure!|le!|datum|zeit|uhrzeit|tag!|am!|"
    "fecha|hora!|día!|el!|data!|dia!|em!|ora!|giorno!|il!|tijd|dag!|op!|dato!|dzień!|godzin|kdy!|čas|päivä|aika!|"
    "tarih|zaman|saat!|дата|дату|даты|время|день|час!|日付|日時|日期|时间|時間|날짜|시간|일시|תאריך|תאריך|תאריך|تاريخ|"
    "ημερομ|ngày|tanggal|วันที่"
)
# Dates of the customer's, or of our own doing: never when somebody answered, unless the operator says so.
NOT_OF_ANSWER = beginnings(
    "birth|dob!|geburt|naissance|nacimiento|nascimento|nascita|geboorte|urodz|рожд|signup|sign up|signed up|regist|"
    "joined|customer since|member since|since!|client depuis|kunde seit|renew|expir|contract|subscri|trial|last seen|"
    "first seen|last login|login|next!|schedul|last sent|last survey|unsubscri|opened|opt|hire|order|purchase|"
    "bestell|achat|commande|kauf|due!|deleted|bounced|resolved|closed|viewed|remind|install|visit|follow|contacted|"
    "replied|assigned|person!|customer!|account!|user!|contact!|client!|kunden|cliente!|company!|duration|taken|"
    "spent|minutes|seconds|zone|timezone|send!|sent!|invit|delivered|deliver"
)
