"""Words by which people say until when they are away, and the days of the week."""

from mailflow.reading.tables import words as table

BACK_ROWS = """
en back | back on | back in the office on | back at work on | return on | returning on | returning
en return to the office on | will return | back at my desk on | be back | am back | back from
en available again | available again from | back in | return
de wieder im büro ab | wieder ab | wieder erreichbar ab | ab dem | wieder da | zurück am
de zurück ab | wieder am | wieder erreichbar | zurück | erst am | ab
fr de retour le | de retour | serai de retour le | serai de retour | reviens le | à partir du
fr retour le | mon retour le | reviendrai le
es de vuelta el | regreso el | regresaré el | volveré el | vuelvo el | a partir del
es de regreso el | me reincorporo el | me reincorporaré el
it rientro il | rientrerò il | tornerò il | di ritorno il | torno il | a partire dal
it sarò di nuovo in ufficio il | rientro | dal
pt volto no dia | volto em | regresso a | regresso no dia | retorno em | retorno no dia
pt retornarei em | a partir de | de volta em | de volta no dia | estarei de volta
nl terug op | weer aanwezig op | weer bereikbaar vanaf | vanaf | terug | weer op
sv tillbaka den | åter den | tillbaka | åter på kontoret den | åter
da tilbage den | tilbage igen den | tilbage | igen den
no tilbake den | tilbake | tilbake på kontoret
fi takaisin | palaan | jälleen
pl wracam | wrócę | powrót | będę dostępny od | będę dostępna od | ponownie od
cs vrátím se | zpět | zpátky | budu zpět
hu visszatérek | ismét
ru вернусь | выйду | буду на месте | на связи с
uk повернуся | буду
tr dönüş tarihim | döneceğim
"""

UNTIL_ROWS = """
en until | till | through | thru | up to | up until | to
de bis zum | bis einschließlich | bis einschl. | bis und mit | bis
fr jusqu'au | jusqu’au | jusque | inclus jusqu'au | au
es hasta el | hasta | al
it fino al | sino al | fino a | al
pt até ao dia | até o dia | até dia | até ao | até | ao dia
nl tot en met | t/m | tot
sv till och med | t.o.m. | fram till | till | tom
da til og med | t.o.m. | indtil | frem til | til
no til og med | t.o.m. | fram til | til
fi asti | saakka
pl do dnia | do
cs do
hu ig
ro până la | până pe | până în
ru до | по
uk до | по
tr kadar
el έως | μέχρι τις | μέχρι
"""

INCLUSIVE = frozenset(
    table(
        """through thru bis_einschließlich bis_einschl. bis_und_mit tot_en_met t/m till_och_med
        t.o.m.     til_og_med tom по"""
    )
)
"""“Until and including”: the sender is back the day after."""

FROM = frozenset(table("from vom von du del dal de van fra från od с з between"))

WEEKDAYS_TABLE = """
0 monday mon montag mo lundi lunes lunedì segunda segunda-feira maandag måndag mandag maanantai
0 maanantaina poniedziałek poniedziałku pondělí hétfő понедельник понедельника понеділок pazartesi
0 luni δευτέρα
1 tuesday tue tues dienstag di mardi martes martedì terça terça-feira dinsdag tisdag tirsdag
1 tiistai tiistaina wtorek wtorku úterý kedd вторник вторника вівторок salı marți τρίτη
2 wednesday wed mittwoch mi mercredi miércoles mercoledì quarta quarta-feira woensdag onsdag
2 keskiviikko keskiviikkona środa środę středa středu szerda среда среду середа середу çarşamba
2 miercuri τετάρτη
3 thursday thu thurs thur donnerstag jeudi jueves giovedì quinta quinta-feira donderdag torsdag
3 torstai torstaina czwartek czwartku čtvrtek csütörtök четверг четверга четвер perşembe joi
3 πέμπτη
4 friday fri freitag fr vendredi viernes venerdì sexta sexta-feira vrijdag fredag perjantai
4 perjantaina piątek piątku pátek péntek пятница пятницу пятницы п'ятниця cuma vineri παρασκευή
5 saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai sobota
5 sobotę szombat суббота субботу субота cumartesi sâmbătă σάββατο
6 sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntai niedziela niedzielę
6 neděle neděli vasárnap воскресенье неділя pazar duminică κυριακή
"""

WEEKDAYS = {
    name: int(row.split()[0])
    for row in WEEKDAYS_TABLE.strip().splitlines()
    for name in row.split()[1:]
}


def openers(text: str) -> dict[str, list[tuple[str, ...]]]:
    """First word -> the phrases that begin with it, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in text.strip().splitlines():
        for phrase in row.split(" ", 1)[1].split("|"):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append(words)
    return {first: sorted(set(items), key=len, reverse=True) for first, items in found.items()}


BACK = openers(BACK_ROWS)
UNTIL = openers(UNTIL_ROWS)
