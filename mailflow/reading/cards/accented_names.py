"""Names as they are spelled where engines and capitals lose accents, by language."""

USUAL: dict[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "FR": "Benoît François Françoise Hélène Jérôme André Andrée René Renée Cédric Frédéric "
            "Frédérique Gaël Joël Joëlle Noël Noëlle Loïc Anaïs Chloé Zoé Amélie Aurélie Aurélien "
            "Hervé Gérard Stéphane Stéphanie Théo Léa Léo Céline Mélanie Valérie Véronique "
            "Sébastien Grégory Élodie Élise Émilie Éric Étienne Danièle Irène Geneviève Clément "
            "Clémence Rémi Rémy Adélaïde Agnès Inès Désiré Édouard Lefèvre Lefebvre Lévêque "
            "Gérald Jérémy Maël Raphaël Raphaëlle Michaël Mickaël Noémie Ophélie Séverine Solène "
            "Thérèse Éloïse Héloïse Maïté",
        "SE": "Åsa Åke Göran Håkan Sören Björn Mårten Jörgen Pär Märta Åberg Åkesson Öberg Östlund "
            "Sjöberg Lindström Engström Nyström Söderberg Björk Strömberg Håkansson Jönsson "
            "Åström Höglund Löfgren Sjögren Hägglund Öhman Ekström Bergström",
        "RO": "Ștefan Mădălina Mădălin Răzvan Cătălin Cătălina Bogdănescu Ștefania Ștefănescu "
            "Ioniță Brătianu Țepeș Săndulescu Lăcătuș Bălan Rădulescu Șerban Ștefana",
        "HU": "Zsófia Gábor István László Zoltán József Sándor Ádám Balázs Bálint Márton Péter "
            "Tamás Dániel András György Miklós Krisztián Róbert Éva Ágnes Katalin Mária Erzsébet "
            "Andrea Zsuzsanna Mónika Réka Dóra Nóra Júlia Kőszegi Szabó Kovács Tóth Horváth "
            "Kőrösi Varró Molnár Németh Balogh Lőrinc Győző Győri Jenő Dezső Ferenc Köves Erdős "
            "Szűcs Mező Szőke",
        "ES": "José María Jesús Ramón Martín Andrés Lucía Sofía García Fernández López Hernández "
            "Martínez González Pérez Rodríguez Sánchez Ramírez Gómez Núñez Muñoz Díaz Álvarez "
            "Jiménez Gutiérrez Domínguez Vázquez Suárez Ibáñez Méndez Guzmán Peña Castañeda "
            "Begoña Íñigo Óscar Raúl Rubén Tomás Nicolás Germán Julián Joaquín Ángel Ángela "
            "Verónica Mónica Inés Rocío Concepción Asunción Héctor Iván Adrián Álvaro Víctor "
            "Ordóñez Cortés Velázquez Chávez Márquez Galán Marín León Bermúdez Cárdenas",
        "CZ": "Jiří Dvořák Tomáš Lukáš Ondřej Matěj Zdeněk Luděk Novák Novotný Černý Procházka "
            "Kučera Veselý Horák Němec Pokorný Růžička Beneš Fiala Šimek Kateřina Lenka Věra "
            "Jiřina Eliška Tereza Štěpán Václav Bohuslav Jaroslav František Růžena Svobodová",
        "PL": "Paweł Michał Łukasz Rafał Małgorzata Wójcik Kamiński Wiśniewski Dąbrowski Kozłowski "
            "Zieliński Szymański Woźniak Jabłoński Wróbel Grzegorz Żak Błażej Sławomir Mirosław "
            "Stanisław Przemysław Radosław Elżbieta Bartłomiej Władysław Bogusława Góra",
    }.items()
}  # fmt: skip
"""Names that are written with these accents in their countries, and hardly ever without."""

SYLLABLES: dict[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "VN": "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đoàn Đinh "
            "Trịnh Trương Lâm Mai Tô Hà Cao Châu Tạ Phùng Quách Lương Thái Triệu Văn Thị Hữu Đức "
            "Ngọc Quốc Thanh Hùng Dũng Cường Tuấn Anh Bảo Bình Chi Đạt Giang Hạnh Hải Hằng Hiền "
            "Hiếu Hoa Hòa Hồng Huệ Hương Huy Khánh Khoa Kiên Lan Liên Linh Loan Long Ly Minh Mỹ "
            "Nam Nga Ngân Nghĩa Nhung Oanh Phong Phúc Phương Quân Quang Quyên Quỳnh Sơn Tâm Tân "
            "Thắng Thảo Thành Thịnh Thu Thủy Tiến Toàn Trang Trí Trung Tú Tùng Uyên Vân Việt Vinh "
            "Xuân Yến",
        "TR": "Yılmaz Yıldız Yıldırım Aydın Kılıç Işık Çalışkan Altın Sarı Akın Yalçın Balcı Avcı "
            "Çakır Kızıl Çınar Sarıkaya Kırmızı Bıyık Tanrıkulu Arıkan Arık Ateşçi Çolakoğlu "
            "Kalaycı Kayacı Alkan Aslı Nazlı Işıl Işın Sıla Yağız Halit Çağrı Aydınlı Altıntaş "
            "Karataş Kısa Sığırcı Ağaoğlu Ilgın Ilgaz Tığlı Bağcı Başçı Taşçı Atalı Acar Arslan "
            "Saygın Taşkın Keskin Baskın Salgın Kırca Kıvanç Kıraç Canlı Şanlı Sayın Alın Hıdır "
            "Rıza Rıfat Sırrı Fırat Kadınlı",
    }.items()
}  # fmt: skip
"""Words of names whose one spelling is known, with letters that engines lack or mistake."""
