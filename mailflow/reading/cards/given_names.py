"""Given names common in many countries, folded: they tell a person from a company or a motto."""

GIVEN = frozenset(
    name
    for names in (
        "james john robert michael william david richard joseph thomas charles christopher daniel "
        "matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy "
        "ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin "
        "scott brandon benjamin samuel gregory alexander patrick frank raymond jack dennis jerry "
        "tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter "
        "keith roger austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy "
        "bruce gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy "
        "ralph bobby russell philip phil eugene bob bill tom tim jim mike dave steve dan chris "
        "matt ben sam alex nick tony greg jeff ken ron rick ted fred doug craig derek shane troy "
        "chad brad mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa "
        "nancy betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa "
        "deborah stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma "
        "brenda pamela nicole anna samantha katherine christine helen debra rachel carolyn janet "
        "maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly "
        "christina joan evelyn judith andrea hannah megan cheryl jacqueline martha madison teresa "
        "gloria sara janice ann kathryn abigail sophia frances jean alice judy isabella julia "
        "grace amber denise danielle marilyn beverly charlotte natalie theresa diana brittany "
        "doris kayla alexis lori marie jane jan jill kate katie liz sue beth jenny wendy tracy "
        "tina dawn paula",
        "oliver harry jacob charlie alfie freddie archie oscar simon graham nigel ian neil stuart "
        "gareth rhys alistair callum duncan hamish fiona gemma siobhan aoife niamh ciara sinead "
        "conor declan eoin liam padraig siân sian rhiannon imogen eleanor harriet lucy chloe zoe "
        "lachlan bronwyn kylie hemi aroha",
        "hans peter klaus wolfgang jurgen dieter uwe gunter stefan andreas thomas markus matthias "
        "martin christian florian sebastian tobias jan lukas jonas felix maximilian moritz philipp "
        "johannes heinz helmut werner horst rainer bernd frank jorg ralf holger torsten thorsten "
        "sven jens kai lars nils ulrich ulrike sabine petra monika claudia susanne birgit andrea "
        "martina gabriele heike kathe anja katja nicole stefanie julia katharina lena laura lea "
        "sophie franziska johanna christina christine ursula renate ingrid brigitte karin gisela "
        "helga greta liesl hannelore annette silke tanja ines jana anna",
        "jean pierre michel andre philippe rene louis alain jacques bernard marcel daniel roger "
        "robert paul claude christian henri georges nicolas francois benoit olivier laurent "
        "thierry pascal eric frederic sebastien julien antoine guillaume mathieu matthieu maxime "
        "vincent hugo lucas theo yves gilles didier bruno franck stephane jerome cedric arnaud "
        "fabrice emmanuel marie nathalie isabelle sylvie catherine francoise valerie christine "
        "monique sophie martine camille aurelie celine elodie emilie julie pauline manon lea chloe "
        "amelie helene anne brigitte veronique genevieve lucie claire clara alice charlotte "
        "margaux",
        "jose antonio manuel francisco juan david javier jesus carlos daniel miguel rafael pedro "
        "pablo angel sergio fernando jorge luis alberto alvaro diego adrian raul ivan ruben "
        "enrique ramon vicente andres joaquin santiago eduardo victor roberto jaime mario "
        "guillermo ignacio marcos gonzalo hugo martin nicolas gabriel emilio oscar ricardo "
        "gustavo hector arturo alejandro ernesto rodrigo cesar maria carmen ana isabel dolores "
        "pilar josefa teresa rosa cristina laura marta elena lucia sara paula raquel silvia "
        "patricia mercedes beatriz rocio alicia sofia natalia veronica monica alba claudia "
        "guadalupe ximena valentina camila daniela fernanda gabriela mariana ines begona nuria "
        "montserrat",
        "joao antonio jose francisco carlos paulo pedro lucas luiz marcos luis gabriel rafael "
        "daniel marcelo bruno eduardo felipe rodrigo tiago thiago gustavo henrique leandro andre "
        "fabio vitor diogo goncalo nuno rui miguel ana maria adriana juliana marcia fernanda "
        "patricia aline sandra camila amanda bruna jessica leticia luciana vanessa mariana "
        "gabriela beatriz larissa catarina ines joana rita sofia teresa",
        "giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo "
        "franco domenico bruno paolo michele giorgio aldo sergio luciano marco andrea alessandro "
        "matteo lorenzo davide luca simone federico stefano roberto fabio riccardo gianluca "
        "massimo enrico alberto claudio maurizio maria anna giuseppina rosa angela giovanna teresa "
        "lucia carmela caterina francesca antonietta carla elena concetta rita margherita franca "
        "paola giulia chiara sara martina silvia elisa alessandra valentina federica laura ilaria",
        "jan piet kees johan hendrik willem pieter joost sjoerd jeroen bart maarten martijn wouter "
        "ruud rutger thijs bram daan sander erik dirk geert koen wim luc anneke marieke femke "
        "sanne lotte katrien griet els ingrid annelies karin saskia",
        "lars erik anders johan karl per nils mikael fredrik magnus gustav oskar viktor bjorn "
        "henrik mats hakan goran ulf leif kjetil oystein ole knut svein tor terje trond morten "
        "soren jens niels rasmus mads kristian anna eva maria karin kristina lena kerstin ingrid "
        "linnea elin emma sara malin asa marta birgitta solveig ingeborg hilde silje ida astrid "
        "sigrid mette lone hanne kirsten pirjo paivi tuula jukka matti timo juha pekka mika antti "
        "ville janne sami heikki",
        "jan pawel piotr krzysztof andrzej tomasz marcin michal grzegorz lukasz adam zbigniew "
        "rafal dariusz mariusz wojciech jakub jerzy stanislaw anna maria katarzyna malgorzata "
        "agnieszka barbara ewa magdalena joanna monika aleksandra jiri josef petr pavel tomas "
        "martin jaroslav miroslav zdenek vaclav lukas ondrej marek katerina lenka hana eva lucie "
        "tereza gabor istvan laszlo zoltan jozsef sandor ferenc attila peter tamas balazs lorinc "
        "bence zsofia eszter katalin ilona agnes eva judit andrea reka dora nora andrei alexandru "
        "mihai stefan cristian ionut razvan vlad elena ioana andreea raluca ivan dmitri dmitry "
        "sergei sergey alexei aleksei vladimir nikolai mikhail igor oleg pavel yuri olga natalia "
        "tatiana irina svetlana ekaterina oksana nikola marko milan dragan jovana milica eleni "
        "giorgos dimitris kostas nikos yannis maria katerina",
        "mehmet mustafa ahmet ali huseyin hasan ibrahim osman murat emre can cem burak kemal "
        "caglar fatma ayse emine hatice zeynep elif merve selin esra gul deniz ozge pinar mohamed "
        "mohammed muhammad ahmed omar ali hassan hussein khalid abdullah youssef karim tariq "
        "samir rashid faisal saeed yusuf bilal fatima aisha layla leila nour noor amina mariam "
        "khadija yasmin samira mehdi reza amir hamid noa yael tamar avi moshe yosef eitan",
        "raj rajesh ramesh suresh mahesh sanjay vijay anil sunil arun ashok deepak rahul rohit "
        "amit sumit vikram ravi kiran krishna arjun aravind karthik prakash manoj pradeep sandeep "
        "ajay nikhil varun gaurav ankit siddharth priya pooja neha anjali sunita kavita lakshmi "
        "meena ananya divya sneha swati shreya deepa meenakshi rekha asha usha geeta nisha "
        "aishwarya",
        "wei li ming jing hui yan ling xin jun hong mei fang min jie yong hao lei chen yuki "
        "hiroshi takashi kenji kenta taro ichiro satoshi haruto naomi yoko keiko sakura yui akira "
        "takeharu kazuo makoto daisuke min-jun ji-hoon soo-jin seo-yeon minh hung duc thanh linh "
        "huong nguyen somchai siti putri budi dewi nurul farid aminah",
        "chinedu emeka oluwaseun folake ngozi chioma ifeoma adebayo tunde yemi kwame kofi ama "
        "kwabena thabo sipho lindiwe nomsa zanele wanjiru kamau achieng fatou mamadou ousmane "
        "ibrahima aminata",
    )
    for name in names.split()
)
TRADES = frozenset(
    ["real", "estate", "realty", "realtors", "insurance", "plumbing", "heating", "cooling",
    "roofing", "landscaping", "cleaning", "painting", "catering", "bakery", "cafe", "coffee",
    "restaurant", "bistro", "bar", "grill", "salon", "spa", "hotel", "hotels", "resort", "auto",
    "automotive", "repair", "repairs", "service", "residential", "commercial", "interiors",
    "furniture", "travel", "tours", "photography", "photo", "video", "music", "fitness", "yoga",
    "dental", "dentistry", "medical", "pharmacy", "optical", "jewelry", "jewellery", "florist",
    "flowers", "garden", "gardens", "farm", "farms", "winery", "vineyards", "brewery", "printing",
    "prints", "print", "graphics", "web", "online", "shop", "store", "boutique", "fashion",
    "textiles", "export", "exports", "import", "imports", "trading", "traders", "supply",
    "supplies", "equipment", "tools", "hardware", "machinery", "construction", "builders",
    "building", "contractors", "properties", "property", "homes", "mortgage", "loans", "finance",
    "financial", "wealth", "tax", "accounting", "legal", "law", "attorneys", "security",
    "transport", "freight", "shipping", "cargo", "aviation", "marine", "oil", "gas", "solar",
    "power", "water", "mining", "metals", "plastics", "packaging", "paper", "food", "foods",
    "beverages", "wine", "wines", "tea", "organic", "natural", "wellness", "beauty", "cosmetics",
    "education", "academy", "training", "learning", "kids", "church", "ministries", "museum",
    "gallery", "theatre", "events", "entertainment", "sports", "golf", "club", "society", "network",
    "center", "centre", "wholesale", "retail", "since", "est", "established", "quality",
    "innovation", "excellence", "trusted", "creative", "together", "better", "smart", "first",
    "free", "estimates", "licensed", "insured", "bonded", "certified", "authorized", "member",
    "dealer", "distributor", "welcome", "open", "closed", "daily", "hours", "monday", "sunday",
    "office", "branch", "headquarters", "factory", "showroom", "warehouse", "unit", "tower",
    "house", "mall", "complex"]
)  # fmt: skip
"""Words of trades, mottos and places that stand in no person's name."""
HAN_FAMILIES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許"
    "傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛"
    "邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文莊庄游詹洪施翁柯阮连連"
)
"""Chinese family names of one character."""
FAMILY_FIRST = {
    "CN": "zhang wang li liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo "
    "liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng "
    "lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao "
    "tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng long wan "
    "duan lei qian yin chang qiao",
    "HK": "chan wong lee leung cheung lau ng tang ho cheng lam yip tsang chow kwok poon fung chung "
    "choi mak yeung tse siu kwan lo au tam yuen ip hui ma law lai",
    "TW": "chen lin huang chang li wang wu liu tsai yang hsu cheng hsieh kuo hung chiu tseng liao "
    "lai chou yeh su chuang chiang lu ho hsiao lo kao pan chien chu chung peng yu chan hu shih",
    "KR": "kim lee park choi jung jeong kang cho jo yoon yun jang chang lim im han oh seo shin "
    "kwon hwang ahn an song ryu yoo hong jeon ko go moon son yang bae baek heo nam",
    "VN": "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly doan dinh trinh "
    "truong lam mai to cao ta",
    "SG": "tan lim lee ng ong wong goh chua chan koh teo ang yeo tay ho low sim toh chia seah",
}
"""Family names that stand first, by region."""
