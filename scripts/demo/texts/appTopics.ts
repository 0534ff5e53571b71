import type { Language } from './Chat.ts';

/** What a person may ask of the app: what something is, how something is done, or in other words; and what is answered. */
export interface Topic {
	/** Nouns: “What is …?” */
	what?: readonly string[];
	/** What is to be done: “How do I …?” */
	how?: readonly string[];
	/** Whole questions. */
	asks?: readonly string[];
	answer: string;
}

export const appTopics: Record<string, Record<Language, Topic>> = {
	homeroom: {
		en: {
			what: ['Homeroom', 'this app', 'this program', 'the Homeroom app'],
			asks: ['What does Homeroom do?', 'What is Homeroom for?', 'What can I do with Homeroom?', 'What can this program do?', 'Who is Homeroom for?'],
			answer: 'Homeroom runs language models on this computer, without internet. Teachers grade with it, translators work on subtitles, and everyone can chat.',
		},
		zh: {
			what: ['Homeroom', '这个软件', '这个程序'],
			asks: ['Homeroom能做什么？', 'Homeroom有什么用？', '这个软件可以做什么？', '谁会用Homeroom？'],
			answer: 'Homeroom在这台电脑上运行语言模型，不需要联网。可以批改作业、翻译字幕和聊天。',
		},
	},
	model: {
		en: {
			what: ['a model', 'a language model', 'a local model', 'an LLM'],
			asks: ['What are models?', 'What do I need a model for?'],
			answer: 'A language model is a file that has learnt to write text. Chat and grading need one.',
		},
		zh: {
			what: ['模型', '语言模型', '本地模型'],
			asks: ['模型是干什么用的？', '为什么需要模型？'],
			answer: '语言模型是一个学会了写文字的文件。聊天和批改都需要它。',
		},
	},
	getModel: {
		en: {
			how: ['get a model', 'download a model', 'find a model', 'get a bigger model', 'get a better model'],
			asks: ['Where do models come from?', 'Which models can I use?', 'Can I use models from Hugging Face?', 'Can I use Ollama models?'],
			answer: 'Open Models and then Find. Search Hugging Face there, or give an Ollama name.',
		},
		zh: {
			how: ['下载模型', '找到模型', '得到一个模型', '换一个更好的模型'],
			asks: ['模型从哪里来？', '可以用哪些模型？', '可以用Ollama的模型吗？'],
			answer: '打开“模型”里的“查找”，搜索Hugging Face，或输入Ollama的名称。',
		},
	},
	loadModel: {
		en: {
			how: ['load a model', 'start a model', 'use a model', 'switch the model'],
			asks: ['Why can I not chat yet?', 'Where can I load a model?'],
			answer: 'Open Models, choose a model and press Load.',
		},
		zh: {
			how: ['加载模型', '启动模型', '使用模型', '切换模型'],
			asks: ['为什么还不能聊天？', '在哪里加载模型？'],
			answer: '打开“模型”，选择一个模型，点击“加载”。',
		},
	},
	addFile: {
		en: {
			what: ['a GGUF file', 'GGUF'],
			how: ['add a GGUF file', 'add my own model', 'add a model from a USB stick', 'import a model file'],
			asks: ['Which model files can I add?'],
			answer: 'GGUF is the file format of models. Open Models and press Add a model to take such a file in.',
		},
		zh: {
			what: ['GGUF', 'GGUF文件'],
			how: ['添加GGUF文件', '添加自己的模型', '从U盘添加模型', '导入模型文件'],
			asks: ['可以添加哪些模型文件？'],
			answer: 'GGUF是模型的文件格式。打开“模型”，点击“添加模型”，选择文件。',
		},
	},
	grade: {
		en: {
			how: ['grade a class', 'grade homework', 'mark my class', 'grade answers', 'mark homework', 'start grading'],
			asks: ['How does grading work?', 'Can you grade my class?', 'Can Homeroom grade homework?'],
			answer: 'Open Grading and press New assignment. Write the question, paste the answers and press Grade the class.',
		},
		zh: {
			how: ['批改作业', '给全班批改', '批改一个班', '开始批改', '给学生打分'],
			asks: ['批改是怎么进行的？', '你能批改作业吗？', 'Homeroom可以批改作业吗？'],
			answer: '打开“批改”，点击“新建作业”。写下题目，粘贴答案，点击“批改全班”。',
		},
	},
	csv: {
		en: {
			what: ['a CSV file'],
			how: ['import a CSV', 'import a CSV file', 'import a table of answers', 'bring in the answers of my class', 'load a spreadsheet'],
			asks: ['Which tables can I import?', 'Where do I paste the answers?'],
			answer: 'In a new assignment, paste the table or choose a CSV file. Homeroom finds the columns by itself.',
		},
		zh: {
			what: ['CSV文件'],
			how: ['导入CSV', '导入CSV文件', '导入答案表格', '导入全班的答案', '导入表格'],
			asks: ['可以导入哪些表格？', '答案粘贴在哪里？'],
			answer: '新建作业时，粘贴表格或选择CSV文件。Homeroom会自己找到各列。',
		},
	},
	exportMarks: {
		en: {
			how: ['export the marks', 'save the grades', 'get the marks as a table', 'export the results'],
			asks: ['Can I export the scores?', 'Where do I find the marks?'],
			answer: 'Open the assignment and press Export CSV. Scores and feedback stand beside each answer.',
		},
		zh: {
			how: ['导出分数', '保存成绩', '导出批改结果', '把成绩导出成表格'],
			asks: ['可以导出成绩吗？', '分数在哪里？'],
			answer: '打开作业，点击“导出CSV”。每个答案旁边有分数和评语。',
		},
	},
	lastWord: {
		en: {
			how: ['change a mark', 'correct a score', 'change a grade'],
			asks: ['Are the marks final?', 'Who decides on the mark?', 'Can I change a score?', 'Can the model be wrong?', 'Can I trust the marks?'],
			answer: 'A model only proposes a mark, and it can be wrong. Write your own score and press Save mark.',
		},
		zh: {
			how: ['修改分数', '改正成绩', '更改评分'],
			asks: ['分数是最终的吗？', '谁来决定分数？', '可以修改分数吗？', '模型会出错吗？', '分数可信吗？'],
			answer: '模型只是建议分数，可能出错。写下你的分数，点击“保存评分”。',
		},
	},
	tokens: {
		en: {
			what: ['a token', 'my token balance'],
			how: ['get more tokens', 'see how many tokens I have'],
			asks: ['What are tokens?', 'How many tokens do I have?', 'Why do I have no tokens left?', 'What does an answer cost?', 'Does it cost money?'],
			answer: 'Tokens are pieces of words. A new account has 1,000, and an administrator can give more.',
		},
		zh: {
			what: ['token', '词元', '词元余额'],
			how: ['得到更多词元', '查看词元余额'],
			asks: ['我有多少词元？', '为什么词元用完了？', '一个回答要多少词元？', '要付钱吗？'],
			answer: '词元是词的小块。新账户有1,000个，管理员可以给更多。',
		},
	},
	offline: {
		en: {
			how: ['work offline', 'stay offline', 'use it without internet', 'block the network'],
			asks: [
				'Does it work offline?',
				'Do I need the internet?',
				'Does Homeroom work without internet?',
				'Does this app send data?',
				'Is my data sent anywhere?',
			],
			answer: 'Yes, Homeroom works without internet, and nothing you write leaves this machine.',
		},
		zh: {
			how: ['离线使用', '不联网使用', '断网工作', '保持离线'],
			asks: ['可以离线使用吗？', '需要联网吗？', '没有网络能用吗？', '会上传数据吗？', '我的数据会发到别处吗？'],
			answer: '可以，Homeroom不联网也能工作，你写的内容不会离开这台电脑。',
		},
	},
	finetune: {
		en: {
			what: ['fine-tuning', 'an adapter', 'training'],
			how: ['fine-tune a model', 'train a model', 'teach a model my way of marking', 'train an adapter'],
			asks: ['Can I train my own model?', 'Can the model learn from my marks?', 'Do I need Python to train?'],
			answer: 'Fine-tuning teaches a model from your own examples. Open Fine-tune, choose a model and a dataset, and start.',
		},
		zh: {
			what: ['微调', '适配器', '训练'],
			how: ['微调模型', '训练模型', '让模型学会我的评分方式', '训练适配器'],
			asks: ['可以训练自己的模型吗？', '模型能从我的评分中学习吗？', '训练需要Python吗？'],
			answer: '微调是用你的例子教模型。打开“微调”，选择模型和数据集，然后开始。',
		},
	},
	accounts: {
		en: {
			what: ['an account', 'an administrator'],
			how: ['add a person', 'create an account', 'add a colleague', 'let others use it', 'add a user'],
			asks: ['Can several people use Homeroom?', 'Which roles are there?', 'What may a viewer do?'],
			answer: 'An administrator adds people under Admin, People. Each gets a code and chooses a password.',
		},
		zh: {
			what: ['账户', '管理员'],
			how: ['添加用户', '创建账户', '添加同事', '让别人使用'],
			asks: ['可以几个人一起用吗？', '有哪些角色？', '查看者可以做什么？'],
			answer: '管理员在“管理”的“人员”里添加用户。每个人用代码设置密码。',
		},
	},
	privacy: {
		en: {
			asks: [
				'Who can see my work?',
				'Who may see my work?',
				'Can others read my chats?',
				'Is my work private?',
				'Can the administrator read my conversations?',
				'Who sees my conversations?',
				'Is it private?',
				'Can my colleagues see my grades?',
			],
			answer: 'Only you. Everybody sees their own work alone.',
		},
		zh: {
			asks: ['谁能看到我的工作？', '谁可以看我的内容？', '别人能看到我的聊天吗？', '我的工作是私密的吗？', '管理员能看我的对话吗？', '同事能看到我的评分吗？'],
			answer: '只有你自己。每个人只能看到自己的工作。',
		},
	},
	password: {
		en: {
			how: ['change my password', 'reset a password', 'get a new password'],
			asks: ['I forgot my password.', 'What if I lose my password?', 'I cannot sign in.'],
			answer: 'Change your password under Account. If it is lost, an administrator gives you a new code.',
		},
		zh: {
			how: ['修改密码', '重置密码', '更换密码'],
			asks: ['我忘记密码了。', '密码丢了怎么办？', '我不能登录。'],
			answer: '在“账户”里修改密码。忘记了，管理员会给你新代码。',
		},
	},
	subtitles: {
		en: {
			how: ['translate subtitles', 'translate a film', 'take subtitles out of a video'],
			asks: ['Can it translate subtitles?', 'Can Homeroom translate a video?', 'Where are the subtitles?', 'Where is the subtitle screen?'],
			answer: 'A screen for subtitles is coming. Until then, ask for single lines in the chat.',
		},
		zh: {
			how: ['翻译字幕', '翻译电影', '从视频里取出字幕'],
			asks: ['可以翻译字幕吗？', 'Homeroom能翻译视频吗？', '字幕在哪里？', '字幕功能在哪里？'],
			answer: '字幕功能即将推出。在那之前，可以在对话里翻译单句。',
		},
	},
	convert: {
		en: {
			how: ['convert a file', 'convert JSON to YAML', 'convert CSV to JSON', 'convert XML'],
			asks: ['Can it convert files?', 'Where is the converter?', 'Which formats can be converted?'],
			answer: 'A converter is coming: it will turn JSON, YAML, XML and CSV into one another.',
		},
		zh: {
			how: ['转换文件', '把JSON转换成YAML', '把CSV转换成JSON', '转换XML'],
			asks: ['可以转换文件吗？', '转换功能在哪里？', '可以转换哪些格式？'],
			answer: '转换功能即将推出：可以在JSON、YAML、XML和CSV之间转换。',
		},
	},
	dataFolder: {
		en: {
			how: ['find my data', 'move my data', 'back up my data'],
			asks: ['Where is my data?', 'Where are my conversations stored?', 'Where does Homeroom keep its files?', 'Where are the models stored?'],
			answer: 'All your data lies in one folder on this machine. Settings shows where it is.',
		},
		zh: {
			how: ['找到我的数据', '移动我的数据', '备份我的数据'],
			asks: ['我的数据在哪里？', '对话保存在哪里？', 'Homeroom的文件在哪里？', '模型存放在哪里？'],
			answer: '所有数据都在这台电脑的一个文件夹里，“设置”会显示它的位置。',
		},
	},
	language: {
		en: {
			how: ['change the language', 'switch to Chinese', 'see the app in Chinese'],
			asks: ['Which languages do you speak?', 'Do you speak Chinese?', 'Which languages does Homeroom have?', 'Can you speak English?'],
			answer: 'I know a little English and a little Chinese. Homeroom has both: choose one in Settings.',
		},
		zh: {
			how: ['更改语言', '切换到英语', '把界面换成英文'],
			asks: ['你会说什么语言？', '你会说英语吗？', '你会说中文吗？', 'Homeroom有哪些语言？'],
			answer: '我会一点英语和一点中文。Homeroom也有这两种语言，在“设置”里选择。',
		},
	},
	memory: {
		en: {
			what: ['memory', 'the context size'],
			how: ['know whether a model fits', 'free memory', 'unload a model'],
			asks: ['How much memory do I need?', 'Which computer do I need?', 'Do I need a graphics card?', 'Is my laptop good enough?', 'Why is the model slow?'],
			answer: 'A small model needs 8 GB of memory and no graphics card. Models says whether a file fits.',
		},
		zh: {
			what: ['内存', '上下文长度'],
			how: ['知道模型是否适合', '释放内存', '卸载模型'],
			asks: ['需要多少内存？', '需要什么电脑？', '需要显卡吗？', '我的电脑够用吗？', '为什么模型很慢？'],
			answer: '小模型需要8 GB内存，不需要显卡。“模型”会说明文件是否合适。',
		},
	},
	pause: {
		en: {
			how: ['pause a job', 'stop a grading', 'continue a grading', 'resume a download'],
			asks: ['What happens if the computer turns off?', 'Is my work lost after a crash?', 'Can I close the window?', 'What if the power goes out?'],
			answer: 'Nothing is lost. Work can be paused, and after a crash it goes on where it stopped.',
		},
		zh: {
			how: ['暂停任务', '停止批改', '继续批改', '继续下载'],
			asks: ['电脑关机了怎么办？', '崩溃以后工作会丢失吗？', '可以关闭窗口吗？', '停电了怎么办？'],
			answer: '什么都不会丢失。任务可以暂停，崩溃以后会接着做。',
		},
	},
	price: {
		en: {
			asks: ['Is Homeroom free?', 'What does Homeroom cost?', 'Which licence does it have?', 'Is it open source?', 'Do I have to pay for Homeroom?'],
			answer: 'Homeroom is free and open source under the MIT licence.',
		},
		zh: {
			asks: ['Homeroom免费吗？', 'Homeroom多少钱？', '它用什么许可证？', '它是开源的吗？', '使用Homeroom要花钱吗？'],
			answer: 'Homeroom是免费的开源软件，使用MIT许可证。',
		},
	},
	chat: {
		en: {
			how: ['start a conversation', 'start a chat', 'edit a message', 'ask a question'],
			asks: ['How does the chat work?', 'Can I change my question?'],
			answer: 'Open Chat, press Start a conversation and write your message.',
		},
		zh: {
			how: ['开始对话', '开始聊天', '修改消息', '提问'],
			asks: ['聊天怎么用？', '可以修改我的问题吗？'],
			answer: '打开“对话”，点击“开始对话”，写下你的消息。',
		},
	},
	api: {
		en: {
			what: ['the API', 'an access key'],
			how: ['use Homeroom from a script', 'create a key', 'use the API'],
			asks: ['Is there an API?', 'Can other programs use Homeroom?'],
			answer: 'Other programs may use Homeroom with a key. You create a key under Account.',
		},
		zh: {
			what: ['API', '访问密钥'],
			how: ['在脚本里使用Homeroom', '创建密钥', '使用API'],
			asks: ['有API吗？', '其他程序可以使用Homeroom吗？'],
			answer: '其他程序可以用密钥使用Homeroom。在“账户”里创建密钥。',
		},
	},
};
