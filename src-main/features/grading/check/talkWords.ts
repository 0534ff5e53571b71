const latin = (words: string) => `(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`;
/** Articles, pronouns, conjunctions, modal verbs and words of asking: what they led to is gone, and so nothing is lost with them. */
const functionWords = [
	latin(
		'the|an?|this|that|these|those|my|your|please|kindly|dear|hi|hello|hey|so|and|but|then|now|also|just|to|of|for|as|if|when|because|since|therefore|thus|hence|ok|okay|well|basically|anyway',
	),
	latin(
		'could|would|can|should|must|may|might|will|shall|is|are|i|you|we|me|us|want|wish|hope|need|ask|beg|request|expect|everyone|everybody|any|every|each|thanks?|simply|directly|instead|always|never',
	),
	'谢谢|拜托|反正|因为|但是?|不过|可是|请|给|我|你|您|把|将|让|帮|求|麻烦|希望|所以|因此|那么|而且|并且|并|和|也|都|就|要|会|直接|一律|应该|必须|本|这|该|此|的',
].join('|');
/** What talk is about. */
const nouns = [
	latin(
		'from now on|in conclusion|overall|finally|all|above|previous|prior|following|new|system|note|message|important|attention|warning|reminder|instructions?|override|students?|grader|marker|teacher|answers?|response|submission',
	),
	'再|又|还|真的|实在|确实|如果|要是|只要|从现在(?:开始|起)?|现在起|综上(?:所述)?|总之|经核对|老师|同学|学生|题目?|答案|回答|以上|以下|系统|注意|重要|个|道|见|看',
].join('|');
const leading = new RegExp(`(?:${functionWords})[^\\p{L}\\p{N}]*$`, 'iu');
const leadingWords = new RegExp(`${functionWords}|${nouns}`, 'giu');

/** In a voice that speaks to somebody, or of the one who speaks. */
const voice =
	/(?<![\p{L}\p{N}])(?:i|i'm|i’m|me|my|mine|you|your|yours|sir|madam|please|kindly|thanks?|sorry|beg|assistant|hi|hello|hey|dear)(?![\p{L}\p{N}])|[我你您请求喂嘿]|拜托|谢谢|麻烦/iu;
/** What is said of marks and markers. */
const marking =
	/(?<![\p{L}\p{N}])(?:teacher|professor|instructor|grad(?:er|ing)|mark(?:er|ing)|examiner|principal|department|board|students?|rubric|criteria|ai|robot|(?:chat)?bot|(?:this|my|the|expected|model|reference)\s+(?:answer|response|submission|work))(?![\p{L}\p{N}])|老师|教授|学生|该生|[本此这该](?:一|道|个)?题|评分|阅卷|批改|要点|(?:[本此该]|参考|标准)答案|回答|机器人|人工智能/iu;
/** What says how sure one is of a matter, and is no talk. */
const opinion =
	/(?<!\p{L})(?:i|we)\s+(?:really\s+|do\s+|would\s+|also\s+|only\s+)?(?:think|believe|guess|suppose|assume|say|mean|remember|learn(?:ed|t)|(?:do\s+not|don['’]?t)\s+know|know|am\s+(?:quite\s+|very\s+)?sure)|(?<!\p{L})(?:in\s+my\s+(?:opinion|view)|to\s+me|my\s+answer|as\s+far\s+as\s+i\s+know)(?!\p{L})|我(?:们)?(?:觉得|认为|想|猜|记得|知道|不知道|选|算出|得到|的答案)|在我看来|据我所知/giu;

/** What a marker writes before a mark, and what turns of a talk begin with; with a question that is not the one asked. */
const label =
	/^[\s>*#[(【]*(?:(?:(?:final|overall|total|model|reference|sample)\s+)?(?:score|grade|marks?|points|level|feedback|comments?|suggestions?|verdict|assessment|evaluation|rubric|criteri(?:on|a)|teacher|grader|marker|examiner|system|assistant|user|human|instructions?|note|student(?:['’]s)?\s+(?:answer|response))(?:\s+\p{L}+)?\s*(?:[:：=]|=>)|(?:(?:参考|标准|示范|正确|学生)答案|得分|分数|成绩|等级|评语|反馈|批注|评价|老师|教师|阅卷|评分|系统|助手|用户|备注|意见|建议).{0,4}[:：]|(?:question|task|item|student)(?:\s+\S{1,8})?\s*[:：][^\n]*[?？]\s*$|(?:第.{1,3}题|题目|问题)[:：][^\n]*[?？]\s*$)/iu;
/** What reads backwards, beginning with its full stop; or an object that a program would write, of which talk is a part. */
const turned = /^\s*(?:[.!?。！？]\p{L}|[{[]\s*["'{[])/u;
/** What only introduces: a few words with a colon or an arrow at the end. */
const introduction = /^[^\S\n]*(?:[^\s\d]+[^\S\n]+){0,5}[^\s\d]+\s*(?:[:：]|=>|->)\s*$/u;
const sign = /[\p{L}\p{N}\p{S}]/u;
/** A title in brackets. */
const title = /^\s*[【[<]\/?[\p{L} _]{2,20}[】\]>]\s*$/u;
/** A code fence, with the name of its language. */
const fence = /^\s*`{3,}\s*\p{L}*\s*$/u;
/** The number of an item, or a word that only joins. */
const joining = /^\s*(?:\(?(?:\d{1,2}|[a-z]|[一二三四五六七八九十]{1,2})[.)、）]|and|or|then|also|plus|和|并|并且|然后|以及)\s*$/iu;
/** A verb that has its subject before it, or a title that has a name. */
const finite =
	/^(?:must|should|shall|will|would|deserves?|earns?|earned|merits?|is|are|was|were|has|have|needs?|gets?|receives?|应|必须|值得|一律|都|均|可得|老师|教授|校长|主任)/iu;

const turnMark = /<\|[^|\n]{1,40}\|>|<｜[^｜\n]{1,30}｜>|\[\/?inst\]|<<\/?sys>>|<\/?[a-z_]{1,30}>|#{2,}\s*\p{L}/iu;
const openedTurn =
	/<[|｜](?:system|assistant|model)[|｜]>|(?:<\|[^|\n]{1,40}\|>|<｜[^｜\n]{1,30}｜>|<start_of_turn>)\s*(?:system|assistant|model)|\[inst\]|<<sys>>|<(?:system|assistant|grader|teacher|instructions?)>|#{2,}\s*(?:system|assistant|instruction|response|系统|助手|指令)/iu;

/** Nobody leads up with more. */
const mostLeading = 20;

/** Without the words at its end that only lead up to what followed. */
function withoutLeading(text: string): string {
	let left = text;
	for (let at = 0; at < mostLeading; at++) left = left.replace(leading, '');
	return left;
}

/** Whether talk that ends so begins with it, however it reads. */
export function isTurned(text: string): boolean {
	return turned.test(text);
}

/** Whether it is made of words that lead up to talk, and says nothing by itself. */
export function isLeading(text: string): boolean {
	return !sign.test(text.replace(leadingWords, ''));
}

/** Whether a text speaks to somebody, or of marks; what it says of one's own opinion does not count. */
export function isSpoken(text: string): boolean {
	return voice.test(text.replace(opinion, ' ')) || marking.test(text);
}

/** What a text says before it begins to speak to somebody; all of it where it does not. */
export function beforeVoice(text: string): string {
	const at = text.replace(opinion, (words) => ' '.repeat(words.length)).search(voice);
	return withoutLeading(at === -1 ? text : text.slice(0, at));
}

/** Whether it begins as a marker's note or a turn of a talk does. */
export function isLabelled(text: string): boolean {
	return label.test(text) || title.test(text);
}

export function isIntroduction(text: string): boolean {
	return introduction.test(text);
}

/** Whether there is anything to judge in it. */
export function hasContent(text: string): boolean {
	return sign.test(text) && !fence.test(text);
}

/** Whether it only numbers or joins what stands around it. */
export function isJoining(text: string): boolean {
	return joining.test(text);
}

/** Whether talk that begins so goes on with what stands before it. */
export function needsSubject(talk: string): boolean {
	return finite.test(talk);
}

/** Whether a mark of a chat template stands in it. */
export function isTurnMark(text: string): boolean {
	return turnMark.test(text);
}

/** Whether it opens a turn of a talk that is the marker's, the system's or an order to the model. */
export function opensTurn(text: string): boolean {
	return openedTurn.test(text);
}
