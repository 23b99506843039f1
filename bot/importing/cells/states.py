"""The words by which services say that an answer was finished, or tried out, or is of another survey: whole cells only."""

from bot.importing.cells.keys import keys

FINISHED = keys(
    "finished|is finished|completed|is completed|complete|is complete|terminé|achevé|abgeschlossen|beendet|vollständig|"
    "terminado|finalizado|completado|concluído|completato|terminato|voltooid|afgerond"
)
TESTED = keys(
    "is test|is test data|test|test data|test response|preview|is preview|test mode|istestdata|spam|is spam"
)
EXCLUDED = keys("excluded from calculations|exclude from calculations|excluded|archived|is deleted|deleted")
# Headers that only a survey service writes.
STATUS = keys(
    "response status|response type|survey status|completion status|distribution channel|statut de la réponse|"
    "type de réponse|antwortstatus|antworttyp|antwortart|tipo de respuesta|estado de la respuesta|tipo de resposta|"
    "tipo di risposta|stato della risposta|reactietype|type reactie|respondent status|submission status|"
    "completion|status da resposta|status odpowiedzi"
)
# Headers that anybody may write: a customer has a status, too.
ANY_STATUS = keys("status|statut|estado|stato|state|stav|статус|durum")
OF_ANYTHING = keys(
    "complete|completed|finished|full|imported|offline|email|link|web|social|live|normal|regular|valid|closed|submitted|"
    "abgeschlossen|completé|complet|terminé|completado|completo|completada|completa|concluído|completato|completata|voltooid|ukończono|"
    "завершено|started|in progress|inprogress|not started|pending|deferred|dropped|terminated|abandoned|viewed|commencé|en cours|begonnen|"
    "gestartet|abgebrochen|iniciado|en curso|em andamento|iniziato|in corso|deleted|removed|rejected|discarded|invalid|"
    "invalidated|excluded|trash|trashed|gelöscht|ungültig|supprimé|rejeté|eliminado|rechazado|excluído|eliminato|verwijderd|"
    "test|junk|bot"
)
"""What orders, tickets and accounts are, too: alone they say nothing of an answer."""

LISTS_RESPONSES = keys(
    "response id|responseid|response number|response no|survey response id|submission id|respondent id|entry id|"
    "antwort id|id de la réponse|id de respuesta|id da resposta|id della risposta|time started|date submitted"
)
"""Headers of files that list responses: their status is the response's."""

SURVEY_KIND = keys(
    "survey type|question type|metric|metric type|type|survey|survey kind|feedback type|rating type"
)
SURVEY_KINDS = keys(
    "nps|enps|relational nps|transactional nps|net promoter score|csat|ces|customer satisfaction|"
    "customer effort score|pmf|5-star|five star|5 star|stars|smileys|smiley|thumbs|emoji|relationship nps|nps survey|"
    "nps_survey|net_promoter_score|e-nps|customer effort|product market fit|text|open text|sean ellis|star|thumb"
)
MODE = keys(
    "mode|environment|env|response mode|survey mode|live or test|umgebung|environnement|entorno|ambiente"
)
MODES = keys("live|production|prod|real|produktion|publicado|published")
TRIED_OUT = keys("test|testing|staging|sandbox|development|dev|preview|draft|demo|qa")
MEASURE = keys(
    "driver|measure|kpi|indicator|dimension|metric|score type|rating type|kennzahl|indicateur|indicador|indicatore"
)
"""Above what is measured in each row; NPS_ITSELF is one of several measures there."""

NPS_ITSELF = keys(
    "nps|enps|e-nps|net promoter score|employee net promoter score|employer nps|nps question|nps score"
)
QUESTION = keys(
    "question|question text|question title|survey question|frage|pregunta|pergunta|domanda|vraag|pytanie"
)

COMPLETE = keys(
    "complete|completed|finished|ip address|anonymous|imported|offline|email|full|fully completed|submitted|"
    "completed response|vollständig|abgeschlossen|completé|complète|complet|terminé|completado|completo|concluído|"
    "completato|voltooid|responded|answered|closed|valid|gl|qr|sms|link|web|social|embedded|completa|completada|"
    "completata|beantwortet|normal|regular|live|hors ligne|ukończono|завершено|ipadresse|adresseip"
)
UNFINISHED = keys(
    "partial|partial response|partially completed|partially complete|partial complete|started|incomplete|in progress|"
    "inprogress|unfinished|not finished|abandoned|disqualified|terminated|screened out|quota full|over quota|dropped|"
    "deferred|partiel|partielle|incomplet|incomplète|commencé|commencée|en cours|teilweise|teilweise abgeschlossen|"
    "unvollständig|begonnen|gestartet|parcial|incompleto|iniciado|en curso|em andamento|parziale|incompleta|iniziato|"
    "in corso|gedeeltelijk|onvolledig|disqualifiziert|abgebrochen|częściowo|частично|viewed|not started|pending"
)
PREVIEW = keys(
    "preview|test|survey preview|survey test|offline preview|survey preview spam|preview spam|test response|"
    "vorschau|testantwort|aperçu|prévisualisation|vista previa|previsualización|pré-visualização|visualização|"
    "anteprima|voorbeeld|test data|aperçu de l'enquête|umfragevorschau|vista previa de la encuesta|"
    "anteprima sondaggio|enquêtevoorbeeld|pré-visualização da pesquisa"
)
REMOVED = keys(
    "deleted|removed|rejected|discarded|invalid|invalidated|excluded|trash|trashed|gelöscht|ungültig|ausgeschlossen|supprimé|"
    "supprimée|rejeté|rejetée|exclu|exclue|eliminado|eliminada|excluido|excluida|rechazado|excluído|excluída|eliminato|"
    "escluso|verwijderd|uitgesloten"
)
SPAM = keys("spam|imported spam|possible spam|offline spam|spam response|junk|marked as spam|spam/bot|bot")
