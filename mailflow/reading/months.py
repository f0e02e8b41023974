"""Names of the months in the languages of mail clients, with their inflections."""

MONTHS_TABLE = """
1 january jan januar januari jän jänner janvier janv enero ene gennaio gen janeiro januarie
1 ianuarie ian styczeń stycznia sty leden ledna led január siječanj siječnja sij tammikuu
1 tammikuuta tammik января январь янв січня січень січ ocak oca ιανουαρίου ιαν gener gen. tháng1
1 januára янв.
2 february feb februar februari février févr fév febrero febbraio fevereiro fev februarie luty
2 lutego lut únor února úno február veljača veljače velj helmikuu helmikuuta helmik февраля
2 февраль февр фев лютого лютий лют şubat şub φεβρουαρίου φεβ febrer februára
3 march mar märz mär mrz maart mrt mars marzo março martie mart marzec marca březen března bře
3 március márc ožujak ožujka ožu maaliskuu maaliskuuta maalisk марта март мар березня березень бер
3 mart μαρτίου μαρ març marts
4 april apr avril avr abril abr aprile aprilie kwiecień kwietnia kwi duben dubna dub április ápr
4 travanj travnja tra huhtikuu huhtikuuta huhtik апреля апрель апр квітня квітень квіт nisan nis
4 απριλίου απρ apríl apríla
5 may mai mei mayo maggio mag maio maj maja květen května kvě máj május svibanj svibnja svi
5 toukokuu toukokuuta toukok мая май травня травень трав mayıs may μαΐου μαι maig mája
6 june jun juni juin junio giugno giu junho iunie iun czerwiec czerwca cze červen června čvn jún
6 június lipanj lipnja lip kesäkuu kesäkuuta kesäk июня июнь июн червня червень черв haziran haz
6 ιουνίου ιουν juny júna
7 july jul juli juillet juil julio luglio lug julho iulie iul lipiec lipca lip. červenec července
7 čvc júl július srpanj srpnja srp heinäkuu heinäkuuta heinäk июля июль июл липня липень лип
7 temmuz tem ιουλίου ιουλ juliol júla
8 august aug août aoû agosto ago augustus augusti sierpień sierpnia sie srpen srpna srp. augusztus
8 kolovoz kolovoza kol elokuu elokuuta elok августа август авг серпня серпень серп ağustos ağu
8 αυγούστου αυγ agost augusta
9 september sep sept septembre sept. septiembre settembre set setembro septembrie wrzesień
9 września wrz září zář szeptember szept rujan rujna ruj syyskuu syyskuuta syysk сентября сентябрь
9 сент сен вересня вересень вер eylül eyl σεπτεμβρίου σεπ setembre septembra
10 october oct oktober okt octobre octubre ottobre ott outubro out octombrie październik
10 października paź říjen října říj október listopada.hr listopad.hr lis.hr lokakuu lokakuuta
10 lokak октября октябрь окт жовтня жовтень жовт ekim eki οκτωβρίου οκτ octubre októbra
11 november nov novembre noviembre novembro noiembrie noi listopad listopada lis listopadu studeni
11 studenoga studenog stu marraskuu marraskuuta marrask ноября ноябрь нояб ноя листопада листопад
11 лист kasım kas νοεμβρίου νοε novembra
12 december dec dezember dez décembre déc diciembre dic dicembre dezembro decembrie grudzień
12 grudnia gru prosinec prosince pro prosinac prosinca joulukuu joulukuuta jouluk декабря декабрь
12 дек грудня грудень груд aralık ara δεκεμβρίου δεκ desembre decembra
1 jaanuar jaanuari јануар јануара януари sausio janvāris janvārī ιανουάριος מינואר ינואר בינואר
1 يناير มกราคม ม.ค. januára
2 veebruar veebruari фебруар фебруара февруари vasario februāris februārī φεβρουάριος פברואר
2 בפברואר فبراير กุมภาพันธ์ ก.พ. february
3 märts märtsi март kovo marts martā μάρτιος מרץ במרץ مارس มีนาคม มี.ค. maret
4 aprill aprilli април balandžio aprīlis aprīlī απρίλιος אפריל באפריל أبريل เมษายน เม.ย.
5 mai мај маја gegužės maijs maijā μάιος מאי במאי مايو พฤษภาคม พ.ค.
6 juuni juunil јун јуна юни birželio jūnijs jūnijā ιούνιος יוני ביוני يونيو มิถุนายน มิ.ย.
7 juuli juulil јул јула юли liepos jūlijs jūlijā ιούλιος יולי ביולי يوليو กรกฎาคม ก.ค.
8 avgust avgusta август rugpjūčio augusts augustā αύγουστος אוגוסט באוגוסט أغسطس สิงหาคม ส.ค.
8 agustus
9 septembri септембар септембра септември rugsėjo septembris septembrī σεπτέμβριος ספטמבר בספטמבר
9 سبتمبر กันยายน ก.ย.
10 oktoober oktoobri октобар октобра октомври spalio oktobris oktobrī οκτώβριος אוקטובר באוקטובר
10 أكتوبر ตุลาคม ต.ค.
11 novembri новембар новембра ноември lapkričio novembris novembrī νοέμβριος נובמבר בנובמבר نوفمبر
11 พฤศจิกายน พ.ย.
12 detsember detsembri децембар децембра декември gruodžio decembris decembrī δεκέμβριος דצמבר
12 בדצמבר ديسمبر ธันวาคม ธ.ค. desember
"""

MONTHS: dict[str, int] = {
    name: int(row.split()[0])
    for row in reversed(MONTHS_TABLE.strip().splitlines())
    for name in row.split()[1:]
}
