/** Common surnames, given-name characters and streets, all in the standard Big5 set. */
export const SURNAMES = [
  ...Array.from("陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴徐周葉蘇莊呂江何蕭羅高"),
  "歐陽",
  "張簡",
]
export const MALE = Array.from("志明俊傑家豪建宏文雄冠宇承恩柏翰彥廷宗憲國華信義哲瑋淼鑫")
export const FEMALE = Array.from("淑芬美玲雅婷怡君佳穎詩涵欣妤品妍麗華秀英惠雯瑄甯筱萱玟")
export const ROADS = [
  "忠孝東路一段",
  "信義路四段",
  "民生東路五段",
  "重慶南路一段",
  "延平北路三段",
  "承德路七段",
  "研究院路二段",
  "木柵路三段",
  "石牌路二段",
  "成功路四段",
  "萬大路",
  "中山北路六段",
]

/** Two characters of Unicode plane 15 for private use, where CNS 11643 fonts keep characters without a code. */
const PLANE_15 = ["\u{F0B2C}", "\u{F5A21}"]

/** Characters of names that the standard Big5 set does not have. */
export const RARE = ["𠮷", "堃", "犇", "喆", "煊", ...PLANE_15]
