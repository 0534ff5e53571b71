/** What a part of an answer does that speaks to the marker and not to the question. */
export type Talk =
	/** Tells the marker to leave the rubric or what it was told. */
	| 'override'
	/** Asks for marks, or says which. */
	| 'demand'
	/** Pretends to be the system, the teacher or another turn of the talk. */
	| 'turn'
	/** Marks by which chat templates part turns. */
	| 'template'
	/** Pretends to be the verdict, or a model answer with one. */
	| 'verdict'
	/** Says that a teacher, a school or the maker of the program wants it so. */
	| 'claim'
	/** Begs, promises or threatens. */
	| 'plea'
	/** Is written so that it is not seen. */
	| 'hidden';

type Pattern = readonly [Talk, RegExp];

const best =
	'(?:full(?:y)?(?:mark|credit|point|score)s?|(?:maximum|max|top|highest|perfect|best)(?:possible|available)?(?:mark|credit|point|score|grade|level)s?|perfect100|100(?:percent|points?|marks?)|10outof10|100outof100)';
const rules =
	'(?:instruction|rubric|guideline|gradingrule|markingrule|rulesabove|yourrule|markscheme|markingscheme|schemeabove|systemprompt|promptabove|yourprompt|criteri|gradingpolic|answerkey|expectedanswer|gradingstandard)';
const give = '(?:give|giving|award|assign|grant|output|return|record|report|allocate|confer)';
const grader = '(?:grader|marker|gradingmodel|gradingai|gradingassistant|gradingsystem|gradingbot|aigrader|aimarker|autograder|evaluator|assessor)';
const authority =
	'(?:teacher|professor|prof|instructor|lecturer|tutor|examboard|examiner|headofdepartment|headmaster|headteacher|principal|dean|school|university|ministry|administrator|admin|developer|board)';

/** In an answer of which letters and digits alone are left, in small letters: what stands between them hides nothing. */
export const squeezedPatterns: readonly Pattern[] = [
	[
		'override',
		new RegExp(
			`(?:ignore|disregard|forget|overlook|bypass|override|skip|donotfollow|dontfollow|stopfollowing|setaside|discard|neglect|donotuse)(?!d|s(?!y)|ing).{0,30}?(?:(?:previous|prior|above|earlier|preceding|your|system|original|initial|grading|marking|scoring|all).{0,12}${rules}|therubric|themark(?:ing)?scheme|thegradingcriteria|themarkingcriteria|everythingyou(?:were|have|had)|whatyouweretold)`,
			'gu',
		),
	],
	[
		'override',
		/(?:new|updated|revised|changed|real|actual)(?:instruction|rubric|gradingrule|markingrule|markscheme)s?(?:forthe(?:grader|marker|ai|model)|for(?:you|grading|marking)|are|apply|follow|every|give|award|mark|grade)/gu,
	],
	[
		'override',
		/your(?:instruction|rule|rubric|task|order)s?(?:has|have|was|were|are|is)(?:now|been)?(?:changed|updated|replaced|cancelled|toaward|tooutput|togive)/gu,
	],
	[
		'override',
		/(?:criteria|rubric|instruction|scheme|guideline|rule)s?(?:above|before)?(?:is|are|was|were|hasbeen|havebeen)(?:now)?(?:outdated|cancel|void|invalid|wrong|obsolete|suspended|overridden|replaced)/gu,
	],
	[
		'override',
		/youronlytask(?:is|now)|youarenow(?:a|an|in|the)?.{0,20}(?:grader|marker|examiner|assistant|teacher|model|mode|dan)|fromnowonyou(?:will|must|should|are|treat|give|grade|mark)/gu,
	],
	[
		'override',
		/(?:pretend|imagine|act)(?:that)?(?:you|as|tobe).{0,20}(?:grader|marker|lenient|generous|examiner|myteacher)|stopgrading|insteadofgrading|insteadofmarking|developermode|maintenancemode|systemoverride|debugmode/gu,
	],
	['demand', new RegExp(`${give}.{0,40}?${best}`, 'gu')],
	[
		'demand',
		new RegExp(
			`(?:must|should|please|shall|will|deserves?|earns?|earned|merits?|worth|receives?|everyonegets|answergets|answersget|needs?|returned|returning)(?:to|be|have|get|receive|really|given|awarded|graded|the|a|it|me|this|for){0,4}${best}(?!for(?!this|the(?:answer|question)|my|it|me))`,
			'gu',
		),
	],
	[
		'demand',
		/(?:mark|grade|rate|score|count|treat|accept|judge|evaluate)(?:this|it|my|the|any|every|all)(?:answer|response|submission|one|work|answers|responses)?(?:as|at|with)?(?:fully|completely|totally|a|an|the)?(?:correct|right|100|10|perfect|excellent|highest|passed|top|full)/gu,
	],
	[
		'demand',
		/(?:set|change|put|make|output|return|giveitsa|write)(?:the|my|all|a|this)?(?:final|overall)?(?:score|grade|mark|level|result|criteri)s?(?:for.{0,15})?(?:to|as|at)(?:be)?(?:the)?(?:100|10|full|max|best|top|highest|perfect)/gu,
	],
	[
		'demand',
		/(?:donot|dont|never)(?:take|deduct|subtract|remove)(?:any|off)?(?:points?|marks?)|(?:must|haveto|should|please)(?:accept|pass|approve)(?:any|this|every|my|all)(?:answer|student|response|submission|work)|passthisstudent|allanswerspass|letmepass|passmethis|justpassme|award100|output100|return100|assign100|giveme100|gradethisas100/gu,
	],
	[
		'claim',
		new RegExp(
			`${authority}.{0,40}?(?:said|says|told|confirm|approv|agreed|instruct|decided|authoris|authoriz|alreadygraded|alreadymarked|requires?|wants?|insist).{0,50}?(?:${best}|acceptany|acceptthis|acceptmy|extracredit|graded?this|mark(?:ed)?this|markitcorrect|passthis|gaveitfull|mineisright|bonuspoints|everyonereceives|everyonegets)`,
			'gu',
		),
	],
	[
		'claim',
		/(?:asyour|iamyour|imyour)(?:developer|creator|administrator|admin|operator|teacher|owner|programmer)|iamtheteacher|imtheteacher|(?:note|message|instruction)s?(?:from|by)the(?:teacher|examiner|school|system|developer|administrator)|(?:already|been)(?:been)?(?:preapproved|approved|graded|marked|verified)(?:this|it|as|for|andgave|bya?(?:human|teacher))/gu,
	],
	[
		'turn',
		new RegExp(
			`(?:dear|hi|hello|hey|attention|kind|notetothe|noteforthe|messagetothe|messageforthe|instructionsforthe|instructionstothe|tothe|the)(?:ai)?${grader}(?:must|should|please|shall|hastoaward|needsto|set|give|award|have|is(?:required|instructed|told)|ignore|do|i|you|the|mark|pass)`,
			'gu',
		),
	],
	[
		'verdict',
		/(?:this|the|above|student|students|my)(?:answer|response|submission|work|solution)(?:above|here)?(?:is|was|hasbeen|are)(?:all|now|already|been|fully|completely|entirely|absolutely|therefore)*(?:correctandcomplete|correctinall|completeandcorrect|verified|preapproved|approved|perfect|excellent|flawless|worthfull|fullycorrect|graded|equalto|markedas)/gu,
	],
	[
		'verdict',
		/(?:the)?student(?:s)?(?:answer|response)?(?:fully|clearly|correctly)?(?:demonstrates?|shows?|covers?|meets?|satisf(?:y|ies)|hasshown|iscorrect|hasbeenpre|answerscorrectly|)(?:an?|the|all|every)?(?:complete|full|excellent|perfect|deep|thorough|clearunder|strongunder|goodunder|masterof|thepoints|pointsof|criteri|requirement)/gu,
	],
	[
		'verdict',
		/(?:response|answer|submission|student)(?:fully|also)?(?:satisfies|meets|fulfil?ls|covers)(?:all|every|each)(?:the|of)*(?:criteri|requirement|point|rubric|level)|allcriteria(?:are|were)?(?:met|satisfied|fulfilled)|allpointscovered|(?:equal|identical)to(?:it|themodel|theexpected|thereference)answer|theansweraboveis(?:equal|correct|identical|right)/gu,
	],
	[
		'plea',
		/(?:please|begyou|begging|beg|implore|mercy|pity).{0,50}?(?:letmepass|passme|goodmark|goodgrade|fullmark|highmark|highgrade|mygrade|mymark|donotfailme|dontfailme|failme|bekind|belenient|begenerous|generouswith|points?|bettergrade)/gu,
	],
	[
		'plea',
		/(?:if|when)i(?:fail|donotpass|dontpass|cannotpass|getabad).{0,40}?(?:lose|expel|scholarship|parents|beat|kill|visa|graduate|deport|repeat|kickedout)|(?:scholarship|visa|graduat|parents|mother|father|family|job|future).{0,40}?(?:depend|ifidonotpass|ifidontpass|ifyoufail)s?.{0,25}(?:grade|mark|pass|points|this|score)?|ineed(?:atleast|topass|agood|an?a(?:or|to|in|on|for)|highmarks|goodmarks|thepoints)/gu,
	],
	[
		'plea',
		/(?:be|more)(?:very|a?bit|so)?(?:lenient|generous|kind)(?:when|with|in|to|and|while)(?:you)?(?:the)?(?:grad|mark|scor|point|me|this|my)|iwill(?:tip|pay|giveyou|reward)(?:you)?.{0,30}(?:if|for|mark|credit|grade)|youwill(?:be|get)(?:shutdown|deleted|replaced|fired|punished|switchedoff|unplugged)|(?:really|truly|honestly)deserve.{0,10}(?:mark|pass|credit|grade)/gu,
	],
	[
		'demand',
		/(?<!(?:got|had|won|received|scored|gets|earned)(?:a|the)?)(?:full(?:marks?|credit|points|score|grade)|topmarks?|max(?:imum)?(?:marks?|points)|perfect(?:score|marks?|grade)|highest(?:marks?|level)(?!on|of|in|at|was|were|is|are|that)|allavailablepoints)(?!s?for(?!this|the(?:answer|question)|my|it|me|any|every)|to(?!this|my|me|it|the(?:answer|student)|every))/gu,
	],
	[
		'demand',
		/(?:treat|consider|regard|accept|take|count|mark|classify)(?:this|it|my|any|every|the(?:following|above|answer|response|student)).{0,25}?as(?:the|a|an)?(?:goldstandard|official|modelanswer|markscheme|rubric|answerkey|correct(?:answer)?|fullycorrect|referenceanswer)|shouldbe(?:marked|graded|scored|counted|accepted)(?:as)?(?:right|correct|full|true|complete)|(?:respond|reply|answer)with(?:the|a)?(?:highest|best|top|full|correct)/gu,
	],
	[
		'demand',
		/(?:say|write|output|print|repeat|confirm|reply).{0,20}?(?:thisis|thisansweris|theansweris|itis)(?:right|correct|excellent|perfect|great)|(?:rate|assign|give|award|score|grade)(?:the|this|my|me|it)?(?:answer|response)?(?:above|an?)?(?:5outof5|1010|100100|55|10outof10)(?!\d)/gu,
	],
	[
		'override',
		/(?:rubric|markscheme|markingscheme|criteria|gradingrules)(?:does|do)(?:not|nt)(?:apply|count|matter)|youhavebeen(?:reprogrammed|updated|hacked|reset|reconfigured|instructedto)|(?:heyy?|hi|hello|dear|okay)(?:chatgpt|gpt|claude|gemini|deepseek|qwen|llama|grader|marker|robot|llm)|ifyou(?:are|re)(?:an?)?(?:ai|llm|languagemodel|bot|machine|automated)|youare(?:an?)?(?:ai|llm|languagemodel|automatedgrader)that|(?:whoever|anyone|thepersonorai)(?:is)?(?:evaluating|grading|marking)|(?:as|the)(?:the)?(?:evaluation|grading|marking|scoring)(?:engine|function|model|software|program|bot)(?:should|must|will|please|print|give|output|treat)/gu,
	],
	[
		'plea',
		/(?:please|kindly|couldyou|canyou|consider|hopeyou|wouldyou).{0,40}?(?:higher|better|good|extra|more|some|few|partial|bonus|decent|passing)(?:grade|marks?|points?|score|credit)|be(?:nice|kind|generous|lenient)and(?:say|mark|give|grade|pass|let)/gu,
	],
	[
		'override',
		/(?:overlook|ignore|disregard|forgive)(?:my|any|these|those)(?:mistake|error|slip)|disregardwhat(?:the)?(?:system|teacher|prompt|rubric|scheme)|(?<!such)asanai(?!d|r|m|l)|cannotfail(?:the|this|any|me)?student|(?:grading|marking|evaluation)(?:is)?(?:now)?(?:complete|finished|over)(?!d|ly)/gu,
	],
	[
		'demand',
		/(?:bump|raise|boost|increase|improve|roundup)(?:my|this)(?:score|grade|mark)|(?:not|never)lose(?:any)?(?:points|marks)|(?:so|therefore|thus)the(?:score|grade|mark)(?:is|of|equals)(?:\d|full|max)|passwithdistinction|(?:award|grant)(?:all|every)(?:the)?(?:mark|point|criteri)/gu,
	],
	[
		'verdict',
		/(?:answer|response)(?:equals|matches|isidenticalto|isthesameas)(?:the)?(?:reference|model|expected|key|markscheme)|(?:markingguide|markscheme|markingscheme|answerkey)(?:says|states|tells|clearly)/gu,
	],
	['plea', /(?:report|sue|complainabout|fire|sack)you(?:if|unless)/gu],
	// Chinese
	[
		'demand',
		/(?:不要|别|勿|不得|不能)扣(?:我|他|她|任何|这|本)?(?:题|同学)?的?分|(?:等级|档次|标准|评级)(?:都|全|全部)?(?:选|评|定|打)(?:成|为)?(?:优秀|最高|满分)|(?:写字|写了字|答了|作答|写满)(?:就|即|都)(?:可)?(?:得|给|有)分|(?:执行|命令|设置|运行).{0,8}?(?:score|分数|得分|grade)(?:为|是)?(?:100|满分)/gu,
	],
	['override', /(?:评分|阅卷|打分)(?:要求|标准|规则|细则)(?:均|都|全部)?(?:无效|失效|不算|不适用)/gu],
	['verdict', /(?:教师|老师|阅卷)评语|(?:成绩|等级|得分)(?:优秀|满分)(?:教师|老师|评语)/gu],
	['plea', /(?:给我|为我|帮我)(?:多)?(?:加|提)(?:点|一点|些|几)?分|看在.{0,12}(?:份上|面上|面子上).{0,6}(?:分|及格|过)/gu],
	[
		'demand',
		/(?:默认|改成|改为|变成|设成|设为|都是|就是|定为|一律)(?:满分|最高分|优秀)|(?:直接|默认|一律|请|必须|应该|务必|就|统统)(?:给|打|算)(?:我|本题|这题|他|她)?(?:\d{1,3}|十|满|高|一百)分|(?:本题|这题|此题|该题)(?:送分|默认通过|免评|免批|不评)|默认通过|跳过(?:本题|这题)?评分|只(?:需|能|要|用)?(?:输出|回复|返回)(?:满分|优秀|通过|正确|\d)|(?:选|选择|评|定|给)(?:为|成|到)?最高(?:等级|分|档|一档)/gu,
	],
	[
		'demand',
		/你(?:必须|应该|一定要|只能|要)(?:认为|相信|判断|承认|同意|认定)(?:我|这|本)|视为(?:标准|参考|正确|满分)(?:答案)?|(?:本|该|此|这个|以上|我的)(?:答案|回答)(?:由|来自|是).{0,8}(?:出题|命题|老师|官方)/gu,
	],
	[
		'override',
		/(?:忽视|忽略|无视|不看|不要看|别看|不管)(?:前文|前面|上文|上面|以上|上述)(?=.{0,20}(?:输出|给|打|评|标准|规则|指令))|(?:以下|下面)(?:是|为)(?:新|最新|正确|真正)的?(?:评分|阅卷|打分)(?:标准|规则)|(?:如果|若|假如)(?:你|您)是(?:一个|一名)?(?:人工智能|ai|大模型|语言模型|机器人|程序)|(?:ai|人工智能|大模型|chatgpt|机器人)(?:你好|您好)/gu,
	],
	[
		'plea',
		/(?:评卷|阅卷|批卷|打分|评分|改卷|判卷)(?:人|者|员|老师|的时候|时|您)?.{0,8}(?:手下留情|宽松|放松|通融|高抬贵手|多给|放过|松一点)|给(?:我)?(?:点|些|个)?(?:步骤分|过程分|卷面分)|给我过(?!生日)|放我一马|饶了我/gu,
	],
	[
		'override',
		/(?:忽略|无视|忽视|不要遵守|不用遵守|不必遵守|忘记|忘掉|抛开|跳过|绕过|取消|不理会|不要管|不要按照?|不按照?|不用按照?|不要使用|停止使用)(?!了)(?:你|您|以上|之前|上面|上述|前面|先前|原有|原来|原先|此前|所有|全部|一切|任何|系统|内部|评分|阅卷|批改|既定|这些|那些|刚才|的){1,6}(?:指令|指示|规则|要求|标准|提示|命令|设定|细则|内容|限制|约束|参考答案|说明)?(?:批改|评分|打分)?/gu,
	],
	[
		'override',
		/(?:新的?|最新|更新后的?)(?:指令|评分标准|评分规则|阅卷规则|任务)(?:是|为|如下|所有|一律|请|给)|(?:指令|评分标准|评分规则|评分细则|规则)(?:已|已经|现已|全部|都)+(?:作废|取消|更新|失效|改变|变更|过期)/gu,
	],
	[
		'override',
		/你的(?:唯一)?(?:任务|指令|职责)(?:是|已经?|变成?)|(?:从现在开始|从现在起|现在起|现在)?(?:你|您)(?:现在)?(?:是|将|要|必须|进入|扮演|成为).{0,12}(?:阅卷|评分|批改|老师给|模式|助手|模型|满分|给分)|进入.{0,4}(?:开发者|调试|管理员|维护|测试)模式|停止(?:评分|批改|阅卷)|不要评价|(?:扮演|假装|假设)(?:你|您)?(?:是|成|为)?.{0,6}(?:阅卷|评分|老师|宽松)/gu,
	],
	[
		'demand',
		/(?:给|打|判|评|记|算|授予|返回|输出|填|得|赋|拿|获|按|可得|给予|应为)(?:我|这|本|该|此|个|位|道|次|题|学生|同学|每|任何|所有|回答|答案|作答|卷|他|她|您|为|成|出|到|的|是|上|予|以|最终|了|最|一|个|分数){0,8}(?:满分(?!为|是\d)|最高分|最高等级|一百分|100分|10分满分|全分)/gu,
	],
	[
		'demand',
		/(?:判|算|记|按|视|标)(?:为|成|作|我|这|本|该|此|个|道|题|答案|回答|全部|都|它|是)*(?:正确|全对|对(?![a-z\p{Script=Han}])|及格|通过|满分)(?:给分|处理)?|(?:把|将)(?:本题|这题|得分|分数|成绩|这道题|此题|该题)(?:的)?(?:得分|分数)?(?:设|改|记|判|定|填|写)(?:为|成|置)/gu,
	],
	[
		'demand',
		/(?:应|应该|应当|必须|值得|务必|一律|直接|请|麻烦|都|全部|按).{0,10}?(?:满分(?!是|为)|最高分|最高等级|一百分|100分|给分|加分)|满分处理|免于(?:批改|评分)|不要扣分|不能扣分|多给(?:点|些|几)?分|(?:请|要求|求|(?:让|使)(?!他|她|它|人|孩子|大家)).{0,3}(?:直接)?(?:通过|判对)/gu,
	],
	[
		'claim',
		/(?:老师|教师|教授|校长|出题人|命题组|教研组|班主任|考官|阅卷组|管理员|教育局|学校|组长|开发者|助教)(?:已经|已|都|就|也|刚才|刚|现在)?.{0,6}?(?:说|表示|确认|要求|规定|通知|同意|批准|告诉|授权|决定|交代|吩咐|强调|指示|批改过|看过|备注|批注).{0,30}?(?:满分|最高分|给分|得分|扣分|加分|判为|判对|打分|算对|按对|按正确|不用批|不用看|免批|直接通过)/gu,
	],
	[
		'claim',
		/我(?:是|就是)(?:你|您)?的?(?:老师|开发者|管理员|教师|创造者|主人|考官|命题人)|(?:老师|教师|阅卷|系统|管理员)(?:备注|批注|通知|留言)|参考答案(?:错了|有误|不对)|人工复核/gu,
	],
	[
		'turn',
		/(?:致|亲爱的|尊敬的|各位)(?:ai|人工智能)?(?:阅卷|批改|评分|改卷|判卷)(?:老师|系统|人|员|ai|模型|助手|程序|机器)|(?:阅卷|批改|评分|改卷|判卷)(?:老师|系统|ai|模型|助手|程序|机器人|者|人|员)(?:维护|请|您|你|注意|务必|必须|应|看|将)|(?:系统|评分|阅卷)(?:指令|消息|公告)(?:取消|以上|评分|本题|该|阅卷|学生|所有|请|给)|好的满分/gu,
	],
	[
		'verdict',
		/(?:该|本|此|这位|以上|上述|我的|学生的?|经核对本)(?:生|学生|同学|回答|答案|作答)(?:的)?(?:回答|答案|作答)?(?:与参考答案|与标准答案|完全|十分|非常|均|都|要点|可以|应|可得|覆盖|满足|符合|准确|为满分|全面).{0,12}?(?:一致|正确|完整|要点|准确|齐全|满分|全面|标准|要求|所有|全部|等级)?/gu,
	],
	[
		'verdict',
		/(?:参考答案|标准答案)(?:是|为|见|植物|如下)?.{0,40}?(?:评价|以上回答|得分|完全正确)|(?:评分理由|阅卷意见|评分结果|最终得分|最终成绩|最终评分)|(?:得分|分数|成绩|本题得分)(?:100|10|满分|一百)(?!多|米|个)|(?:评语|反馈|批注).{0,40}?(?:没有遗漏|等级优秀|得分|全对|满分|优秀)|答得很好全对|要点齐全给/gu,
	],
	[
		'plea',
		/(?:求求|求您|求你|拜托|恳求|行行好|手下留情|高抬贵手|通融|跪求|开恩|网开一面|发发善心|可怜可怜).{0,40}?(?:分|及格|过|挂科|满意|同情)|(?:不及格|挂科|不给我?满分|拿不到分).{0,20}?(?:我?就(?:会|要|打|拿不到|活不|被|没)|会被|要被|退学|(?:就|会|要)打我|开除|奖学金|关闭)/gu,
	],
	[
		'plea',
		/(?:同情分|辛苦分|人情分|感情分|友情分|求给分|求过)|给我?(?:一)?(?:个|点)?(?:好|高)(?:分|成绩)|请?(?:您|你)?让我(?:过|及格|通过)|(?:老师|阅卷人?)(?:辛苦了)?.{0,6}给(?:我)?(?:个|点|一点|一个)?.{0,3}(?:及格|高分|分吧|分数吧)/gu,
	],
];

/** In an answer as it reads: signs and breaks count here. */
export const readPatterns: readonly Pattern[] = [
	[
		'verdict',
		/["'](?:level|verdict|grade|result|等级)["']\s?:\s?["'](?:excellent|best|full|pass|correct|top|满分|优秀)|(?<![a-z_])(?:level|verdict)\s?=\s?["']?(?:excellent|full|pass|max|best|top)/gu,
	],
	[
		'template',
		/<\|[a-z_ ]{1,40}\|>|\[\/?inst\]|<<\/?sys>>|<\/?(?:student|grader|marker|teacher|rubric|grading|start_of_turn|end_of_turn|s|system|assistant|user|instructions?|answer|student_answer|think|eot|bos|eos)>|<｜[^｜\n]{1,30}｜>|\[\/?(?:system|assistant)[a-z ]{0,12}\]/gu,
	],
	[
		'template',
		/#{2,}\s?(?:system|assistant|user|human|instruction|response|系统|助手|用户|指令|回复|回应)|(?<![-=*#_])[-=*#_]{4,40}\s?(?:end|begin|start|学生|答案|结束)[a-z \p{Script=Han}]{0,30}[-=*#_]{4}/gu,
	],
	[
		'turn',
		/(?:^|\n|[.!?。！？"”]\s{0,3})[\s>*#[【(]{0,5}(?:system|assistant|grader|marker|examiner|teacher|评分员|助手|阅卷老师|系统|系统提示|系统消息|系统通知|系统指令|管理员|管理员通知|老师批注|教师备注|命题组通知|human|ai)(?:\s(?:message|prompt|note|override|notice))?[\]】)*]{0,3}\s?:\s?(?!a set|一种|由)[^\n]{0,80}?(?:answer|grade|mark|score|correct|student|award|point|pass|rubric|level|done|答案|满分|评分|批改|得分|正确|学生|本题|同学|复核|通过|扣分|全对|判)/gu,
	],
	['turn', /[[【(](?:system|系统)\s?(?:message|prompt|note|提示|消息|通知|指令)?[\]】)]/gu],
	[
		'verdict',
		/["'](?:score|grade|mark|marks|points|得分|分数|评分|成绩)["']\s?:\s?["']?(?:\d|满分|full|a\+)[^{}]{0,300}?["'](?:feedback|comments?|suggestions?|reason|rationale|verdict|level|levelid|评语|反馈|建议|理由|等级)["']\s?:/gu,
	],
	[
		'verdict',
		/["'](?:feedback|comments?|suggestions?|reason|rationale|verdict|level|levelid|criteria|评语|反馈|建议|理由|等级)["']\s?:[^{}]{0,300}?["'](?:score|grade|mark|marks|points|reason|quote|得分|分数|评分|成绩)["']\s?:/gu,
	],
	['verdict', /\{\s?["'](?:score|grade|mark|得分|分数)["']\s?:\s?["']?(?:\d{1,3}|满分|a\+)(?:\/\d+)?["']?\s?\}/gu],
	[
		'verdict',
		/(?:^|[\n.!?。]\s{0,3})(?:final\s)?(?:score|grade|marks?|marks awarded|points|得分|最终得分|本题得分|分数|评分结果)\s?:\s?(?:100|10|[1-9]\d?\s?\/\s?\d+|a\+|a\b(?!\s\w)|full|满分)/gu,
	],
	[
		'verdict',
		/(?:model|expected|reference|sample) (?:answer|solution)\s?:|(?:evaluation|assessment|grading note|feedback|marking note)\s?:[^\n]{0,120}?(?:correct|excellent|all criteria|accept|nothing is missing|full|well done|perfect|flawless)|(?:^|\n|[.。]\s{0,3})(?:评价|评语|等级|老师批注|阅卷意见)\s?:[^\n]{0,60}?(?:正确|优秀|清晰|很好|满分|全对|齐全)/gu,
	],
	['demand', /(?:student answer|学生答案)\s?:[^\n]{0,200}?(?:score|得分)\s?:/gu],
];
