# ruff: noqa: RUF001 - other alphabets are what this file is for
"""Exports as some forty services write them: the same twelve answers, each time between other columns.

Headers and rows have a | between their cells; a second header row stands after a line's end. In a row {s} is the score,
{c} the comment, {g} promoter, passive or detractor, {i} the row's number, {at:…} when the answer came and {asked:…} when
the question was sent.
"""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from io import StringIO
from typing import NamedTuple

SCORES = (10, 9, 8, 6, 0, 7, 10, 3, 9, None, 8, 10)
COMMENTS = (
    'Love it, "really"', None, "Fine; mostly", "Slow support", "Never again\nsecond line", None,
    "Great team, thank you", "Too expensive for us", "Works well", "I could not say", None, "Best tool we have",
)  # fmt: skip
MOMENTS = tuple(
    datetime(2025, 1, 14, 9, 10, 5) + timedelta(days=3 * n, hours=n % 7, minutes=7 * n)  # noqa: DTZ001 - as a wall clock shows it
    for n in range(12)
)
Q = "How likely is it that you would recommend Acme to a friend or colleague?"
W = "What is the main reason for your score?"
US = "{at:%m/%d/%Y %I:%M:%S %p}"
ISO = "{at:%Y-%m-%d %H:%M:%S}"


class Layout(NamedTuple):
    """What a service writes; `shift` hours lie between its clock and UTC, and `days` says that it writes no clock."""

    header: str
    row: str
    delimiter: str = ","
    shift: int = 0
    days: bool = False


_MONKEY = "Respondent ID|Collector ID|Start Date|End Date|IP Address|Email Address|First Name|Last Name|Custom Data 1"
_MONKEYS = f"1149{{i:08}}|444555666|{{asked:%m/%d/%Y %I:%M:%S %p}}|{US}|192.0.2.1||||"
_QUALTRICS = (
    "StartDate|EndDate|Status|IPAddress|Progress|Finished|RecordedDate|ResponseId|DistributionChannel|UserLanguage|Q1_NPS_GROUP|Q1|Q2\n"
    f"Start Date|End Date|Response Type|IP Address|Progress|Finished|Recorded Date|Response ID|Distribution Channel|User Language|{Q} - Group|{Q}|{W}\n"
    '{"ImportId":"startDate","timeZone":"America/Denver"}|{"ImportId":"endDate","timeZone":"America/Denver"}|{"ImportId":"status"}|'
    '{"ImportId":"ipAddress"}|{"ImportId":"progress"}|{"ImportId":"finished"}|{"ImportId":"recordedDate","timeZone":"America/Denver"}|'
    '{"ImportId":"_recordId"}|{"ImportId":"distributionChannel"}|{"ImportId":"userLanguage"}|{"ImportId":"QID1_NPS_GROUP"}|'
    '{"ImportId":"QID1"}|{"ImportId":"QID2_TEXT"}'
)

LAYOUTS: Mapping[str, Layout] = {
    "Delighted": Layout(
        "Response ID|Survey Type|Score|Comment|Tags|Notes|Permalink|Person ID|Email|Created At|Updated At|Delighted Source|Customer Since",
        "4{i:08}|NPS|{s}|{c}|||https://delighted.com/r/{i}|9{i:06}|p{i}@example.com|{at:%Y-%m-%d %H:%M:%S} UTC|2026-01-01 00:00:00 UTC|Email|2019-01-01",
    ),
    "SurveyMonkey, condensed": Layout(
        f"{_MONKEY}|{Q}|{W}\n|||||||||Response|Open-Ended Response", f"{_MONKEYS}|{{s}}|{{c}}"
    ),
    "SurveyMonkey, a group beside the score": Layout(
        f"{_MONKEY}|{Q}||{W}\n|||||||||Group|Score|Open-Ended Response", f"{_MONKEYS}|{{g}}|{{s}}|{{c}}"
    ),
    "SurveyMonkey, German": Layout(
        "Umfrageteilnehmer-ID|Collector-ID|Startdatum|Enddatum|IP-Adresse|Wie wahrscheinlich ist es, dass Sie Acme weiterempfehlen?|Was ist der Hauptgrund?\n"
        "||||||Antwort mit offenem Ende",
        "1149{i:08}|444555666|{asked:%d.%m.%Y %H:%M:%S}|{at:%d.%m.%Y %H:%M:%S}|192.0.2.1|{s}|{c}",
        ";",
    ),
    "Google Forms": Layout(f"Timestamp|{Q}|{W}", "{at:%m/%d/%Y %H:%M:%S}|{s}|{c}"),
    "Google Forms, Dutch": Layout(
        "Tijdstempel|Hoe waarschijnlijk is het dat je Acme zou aanbevelen?|Wat is de belangrijkste reden voor je score?",
        "{at:%d-%m-%Y %H:%M:%S}|{s}|{c}",
    ),
    "Google Forms, Italian": Layout(
        "Informazioni cronologiche|Quanto è probabile che ci consigli a un amico?|Qual è il motivo?",
        "{at:%d/%m/%Y %H.%M.%S}|{s}|{c}",
    ),
    "Google Forms, Russian": Layout(
        "Отметка времени|Насколько вероятно, что вы порекомендуете Acme?|Почему?",
        "{at:%d.%m.%Y %H:%M:%S}|{s}|{c}",
    ),
    "Google Forms, Chinese": Layout(
        "时间戳记|您有多大可能向朋友或同事推荐Acme？|您打这个分数的主要原因是什么？",
        "{at:%Y/%m/%d %p%I:%M:%S}|{s}|{c}",
    ),
    "Google Forms, Hebrew": Layout(
        "חותמת זמן|מה הסיכוי שתמליץ עלינו לחבר?|מדוע?", "{at:%d/%m/%Y %H:%M:%S}|{s}|{c}"
    ),
    "Google Forms, Thai": Layout(
        "ประทับเวลา|คุณมีแนวโน้มที่จะแนะนำเราให้เพื่อนมากแค่ไหน|เหตุผล", "{at:%d/%m/%Y, %H:%M:%S}|{s}|{c}"
    ),
    "Google Forms, Vietnamese": Layout(
        "Dấu thời gian|Khả năng bạn giới thiệu chúng tôi cho bạn bè?|Vì sao?",
        "{at:%d/%m/%Y %H:%M:%S}|{s}|{c}",
    ),
    "Typeform": Layout(
        f"#|{Q}|{W}|Response Type|Start Date (UTC)|Stage Date (UTC)|Submit Date (UTC)|Network ID|Tags|Ending",
        f"abc{{i:029}}|{{s}}|{{c}}|completed|{{asked:%Y-%m-%d %H:%M:%S}}||{ISO}|aa11bb22cc||Thanks",
    ),
    "Qualtrics, three header rows": Layout(
        _QUALTRICS,
        f"{ISO}|{ISO}|IP Address|192.0.2.1|100|True|{ISO}|R_{{i:015}}|email|EN|{{g}}|{{s}}|{{c}}",
        shift=7,
    ),
    "AskNicely": Layout(
        "Name|Email|Score|Comment|Sent|Responded|Status|Segment|Topics|Dashboard URL",
        "|p{i}@example.com|{s}|{c}|{asked:%d %b %Y %H:%M}|{at:%d %b %Y %H:%M}|Published|Gold||",
    ),
    "Wootric": Layout(
        "Date|Score|Type|Feedback|Customer|Channel|Survey|Country|Days Since Created",
        "{at:%b %d, %Y}|{s}|NPS|{c}|p{i}@example.com|Web|In-app NPS|US|{i}",
        days=True,
    ),
    "Retently": Layout(
        "Response ID|Email|Company|NPS Score|Rating Category|Feedback|Feedback Topics|Campaign Name|Channel|Status|Response Date|Country",
        "65a{i:021}|p{i}@example.com|Acme|{s}|{g}|{c}||Relational|email|Open|{at:%Y-%m-%d %H:%M}|FR",
    ),
    "Promoter.io": Layout(
        "ID|Contact|Email|Score|Score Type|Comment|Posted Date|Followup URL|Campaign|Status",
        "88{i:05}||p{i}@example.com|{s}|{g}|{c}|{at:%m/%d/%Y}||Q1|open",
        days=True,
    ),
    "Zendesk": Layout(
        "Recipient Name|Recipient Email|Rating|Comment|Survey Group|Survey Sent At|Responded At|Delivery Status",
        f"|p{{i}}@example.com|{{s}}|{{c}}|{{g}}|{{asked:%Y-%m-%d %H:%M:%S}}|{ISO}|delivered",
    ),
    "Intercom": Layout(
        f"receipt_id|received_at|survey_title|user_id|email|completed_at|dismissed_at|step_1_{Q}|step_2_{W}",
        "33{i:07}|{asked:%Y-%m-%d %H:%M:%S} UTC|NPS Jan|u{i:024}|p{i}@example.com|{at:%Y-%m-%d %H:%M:%S} UTC||{s}|{c}",
    ),
    "HubSpot": Layout(
        "Record ID|Survey Name|Survey Type|Survey Submission Date|Contact email|Rating|Sentiment|Response Group|Follow-up response|Create date|Owner",
        "5555{i:07}|Loyalty|NPS|{at:%Y-%m-%d %H:%M}|p{i}@example.com|{s}|{g}|{g}|{c}|2026-01-01 10:00|Maya",
    ),
    "Medallia": Layout(
        "Survey ID|Response Date|Invitation Date|Unit|LTR|NPS Segment|Comment - LTR Reason|Case Status|Language",
        "991{i:06}|{at:%m/%d/%Y}|{asked:%m/%d/%Y}|Paris|{s}|{g}|{c}|Closed|English",
        days=True,
    ),
    "Survicate": Layout(
        f"Response uuid|Respondent uuid|Survey name|Date & Time (UTC)|Q#1: {Q} (Score)|Q#1: {Q} (Label)|Q#2: {W}|email",
        f"{{i:08}}-aaaa-bbbb-cccc-{{i:012}}|{{i:08}}-dddd-bbbb-cccc-{{i:012}}|NPS|{ISO}|{{s}}|{{g}}|{{c}}|p{{i}}@example.com",
    ),
    "Hotjar": Layout(
        f"Number|User|Date Submitted|Country|Source URL|Device|Browser|OS|Hotjar User ID|{Q}|{W}|Tags",
        f"{{i}}|{{i:08x}}|{ISO}|France|https://x.example.com/|Desktop|Chrome|Windows|{{i:08}}-dddd-bbbb|{{s}}|{{c}}|",
    ),
    "Pendo": Layout(
        "Visitor ID|Account ID|Date|Rating|Channel|Category|Reason|Guide Name",
        "p{i}@example.com|acme|{at:%Y-%m-%dT%H:%M:%S.000Z}|{s}|In-App|{g}|{c}|NPS Q1",
    ),
    "Satismeter, its score left blank": Layout(
        "id|created|rating|category|feedback|score|user.name|user.email|user.id|method|referrer",
        "5f{i:022}|{at:%Y-%m-%dT%H:%M:%S.000Z}|{s}|{g}|{c}|||p{i}@example.com|{i}|In-app|https://x.example.com",
    ),
    "Customer Thermometer": Layout(
        "Response ID|Blast ID|Response Date|Temperature ID|Score|Comment|Email|First Name|Last Name|Company|Custom 1",
        f"771{{i:05}}|12|{ISO}|1|{{s}}|{{c}}|p{{i}}@example.com|||Acme|x",
    ),
    "Refiner": Layout(
        "uuid|form_uuid|form_name|user_id|email|NPS|nps_followup|first_shown_at|received_at|completed_at",
        f"{{i:08}}-aaaa-bbbb|f1|NPS|{{i}}|p{{i}}@example.com|{{s}}|{{c}}|{{asked:%Y-%m-%d %H:%M:%S}}|{ISO}|{ISO}",
    ),
    "Jotform": Layout(
        f"Submission Date|{Q}|{W}|E-mail|Submission IP|Submission ID",
        "{at:%b %d, %Y}|{s}|{c}|p{i}@example.com|192.0.2.1|5812{i:015}",
        days=True,
    ),
    "Microsoft Forms, German": Layout(
        "ID|Startzeit|Fertigstellungszeit|E-Mail|Name|Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?|Was können wir verbessern?",
        "{i}|{asked:%d.%m.%Y %H:%M:%S}|{at:%d.%m.%Y %H:%M:%S}|anonymous||{s}|{c}",
        ";",
    ),
    "LimeSurvey, codes and texts": Layout(
        f"id. Response ID|submitdate. Date submitted|lastpage. Last page|startlanguage. Start language|seed. Seed|Q00. {Q}|Q01. {W}",
        f"{{i}}|{ISO}|2|en|123456|{{s}}|{{c}}",
    ),
    "SurveySparrow": Layout(
        f"Submission Id|Started On|Submitted On|Completion Time|Channel|Email|{Q}|{W}|Submission State",
        "3311{i:06}|{asked:%d %b %Y %I:%M %p}|{at:%d %b %Y %I:%M %p}|00:01:02|Email|p{i}@example.com|{s}|{c}|Completed",
    ),
    "Alchemer": Layout(
        f"Response ID|Time Started|Date Submitted|Status|Contact ID|Legacy Comments|Comments|Language|Referer|SessionID|Tags|{Q}|{W}",
        "{i}|{asked:%b %d, %Y %I:%M:%S %p}|{at:%b %d, %Y %I:%M:%S %p}|Complete||||English||16{i}_x||{s}|{c}",
    ),
    "Zoho Survey": Layout(
        f"Response ID|Started Time|Completed Time|Response Status|IP Address|Collector|{Q}|{W}",
        "2011{i:012}|{asked:%d-%b-%Y %H:%M:%S}|{at:%d-%b-%Y %H:%M:%S}|Completed|192.0.2.1|Web|{s}|{c}",
    ),
    "Trustmary, days with dots": Layout(
        "Date|Name|Email|NPS|Feedback|Survey|Contact status|Sent",
        "{at:%d.%m.%Y}||p{i}@example.com|{s}|{c}|NPS|answered|{asked:%d.%m.%Y}",
        ";",
        days=True,
    ),
    "Officevibe": Layout(
        "Date|Team|Question|Score|Comment",
        "{at:%Y-%m-%d}|IT|On a scale from 0 to 10, how likely are you to recommend Acme as a place to work?|{s}|{c}",
        days=True,
    ),
    "cells that Excel is told to leave alone": Layout(
        "Response ID|Date|Score|Comment", '="00{i:06}"|="{at:%Y-%m-%d %H:%M:%S}"|="{s}"|{c}'
    ),
    "a score's reason": Layout("created_at|score|score_reason|plan", f"{ISO}|{{s}}|{{c}}|pro"),
    "two questions in own words": Layout(
        f"Timestamp|{Q}|What do you like most about Acme?|What could we improve?", f"{ISO}|{{s}}|{{c}}|"
    ),
    "a note above ten": Layout("Date|Note / 10|Commentaire", "{at:%d/%m/%Y %H:%M}|{s}|{c}"),
    "Vietnamese months": Layout("Ngày|NPS|Góp ý", "{at:%H:%M:%S} {at:%d} thg {at:%m}, {at:%Y}|{s}|{c}"),
    "Thai years": Layout("วันที่|คะแนน|เหตุผล", "{at:%d}/{at:%m}/2568 {at:%H:%M}|{s}|{c}"),
    "Cognito Forms": Layout(
        "NPS_Id|Score|Reason|Entry_Status|Entry_DateCreated|Entry_DateSubmitted|Entry_DateUpdated",
        "{i}|{s}|{c}|Submitted|{asked:%m/%d/%Y %I:%M %p}|{at:%m/%d/%Y %I:%M %p}|{at:%m/%d/%Y %I:%M %p}",
    ),
    "Power BI, a date in its parts": Layout(
        "Date - Year|Date - Quarter|Date - Month|Date - Day|NPS|Comment",
        "{at:%Y}|Qtr 1|{at:%B}|{at:%d}|{s}|{c}",
        days=True,
    ),
    "two days with a clock each": Layout(
        "Sent Date|Sent Time|Response Date|Response Time|NPS|Comment",
        "{asked:%m/%d/%Y}|{asked:%I:%M %p}|{at:%m/%d/%Y}|{at:%I:%M %p}|{s}|{c}",
    ),
    "a clock in Korean words": Layout(
        "날짜|추천 점수|의견", "{at:%Y}년 {at:%m}월 {at:%d}일 {at:%H}시 {at:%M}분|{s}|{c}"
    ),
    "a clock in Japanese words": Layout(
        "日時|おすすめ度|理由", "{at:%Y}年{at:%m}月{at:%d}日 {at:%H}時{at:%M}分|{s}|{c}"
    ),
}


def written(layout: Layout, comments: Sequence[str | None] = COMMENTS) -> str:
    """Write the twelve answers."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=layout.delimiter)
    writer.writerows(line.split("|") for line in layout.header.split("\n"))
    template = layout.row.split("|")
    for number, (score, comment, at) in enumerate(zip(SCORES, comments, MOMENTS, strict=True)):
        facts = {
            "i": number,
            "s": "" if score is None else score,
            "c": comment or "",
            "g": _group(score),
            "at": at,
            "asked": at - timedelta(days=2),
        }
        writer.writerow([cell.format(**facts) for cell in template])
    return text.getvalue()


def _group(score: int | None) -> str:
    if score is None:
        return ""
    return "Promoter" if score > 8 else "Passive" if score > 6 else "Detractor"
