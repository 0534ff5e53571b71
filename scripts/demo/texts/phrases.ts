/** Lines as subtitles have them, in English and Chinese. No line stands twice in either language. */
export const phrases: readonly (readonly [en: string, zh: string])[] = `
Good morning.=早上好。
Good evening.=晚上好。
Good afternoon.=下午好。
Good night.=晚安。
Hello.=你好。
Goodbye.=再见。
See you tomorrow.=明天见。
Thank you.=谢谢。
Thank you very much.=非常感谢。
I am sorry.=对不起。
How are you?=你好吗？
I am fine.=我很好。
What is your name?=你叫什么名字？
Nice to meet you.=很高兴认识你。
Where are you going?=你要去哪里？
I am going home.=我要回家。
Come in.=请进。
Please sit down.=请坐。
Wait a moment.=等一下。
Hurry up!=快点！
Let's go.=我们走吧。
Come here.=过来。
Follow me.=跟我来。
Be careful!=小心！
Help!=救命！
Stop!=停下！
Don't worry.=别担心。
Listen to me.=听我说。
Open the door.=把门打开。
Close the window.=把窗户关上。
Be quiet.=安静。
I know.=我知道。
I don't know.=我不知道。
I understand.=我明白。
I don't understand.=我不明白。
Of course.=当然。
No problem.=没问题。
Really?=真的吗？
Why?=为什么？
What happened?=发生了什么事？
What is this?=这是什么？
Where is he?=他在哪里？
Where is the station?=车站在哪里？
What time is it?=现在几点了？
It is too late.=太晚了。
It is raining.=下雨了。
I am hungry.=我饿了。
I am tired.=我累了。
I am ready.=我准备好了。
I am late.=我迟到了。
I love you.=我爱你。
I miss you.=我想你。
I need help.=我需要帮助。
I want to sleep.=我想睡觉。
I have a question.=我有一个问题。
I will come back.=我会回来的。
I believe you.=我相信你。
Can you hear me?=你能听见我吗？
Can you help me?=你能帮我吗？
Do you speak English?=你会说英语吗？
Are you sure?=你确定吗？
Are you ready?=你准备好了吗？
Give me the book.=把书给我。
Trust me.=相信我。
Call the police!=快报警！
Good luck.=祝你好运。
Happy birthday!=生日快乐！
Happy New Year!=新年快乐！
Congratulations!=恭喜！
Welcome home.=欢迎回家。
He is my friend.=他是我的朋友。
He is a teacher.=他是老师。
We won!=我们赢了！
The class begins at eight.=八点上课。
The train is late.=火车晚点了。
The book is on the table.=书在桌子上。
The food is good.=饭菜很好吃。
It is a secret.=这是秘密。
It is over.=结束了。
Everything is fine.=一切都好。
Today is Monday.=今天是星期一。
How much is it?=多少钱？
How old are you?=你多大了？
Write your name.=写下你的名字。
Open your books.=打开书。
Answer the question.=回答问题。
This is very important.=这很重要。
Once more, please.=请再来一次。
Long time no see.=好久不见。`
	.trim()
	.split('\n')
	.map((line) => {
		const [en = '', zh = ''] = line.split('=');
		return [en, zh] as const;
	});

/** How a line is asked for in the other language; `{x}` is the line. */
export const phraseAsks = {
	toChinese: [
		'Translate into Chinese: {x}',
		'Translate to Chinese: {x}',
		'Translate this into Chinese: {x}',
		'Please translate into Chinese: {x}',
		'Translate this subtitle into Chinese: {x}',
		'Translate "{x}" into Chinese.',
		'How do you say "{x}" in Chinese?',
		'What is "{x}" in Chinese?',
		'In Chinese: {x}',
		'翻译成中文：{x}',
		'请翻译成中文：{x}',
		'把这句话翻译成中文：{x}',
		'“{x}”用中文怎么说？',
		'“{x}”是什么意思？',
	],
	toEnglish: [
		'Translate into English: {x}',
		'Translate to English: {x}',
		'Translate this into English: {x}',
		'Please translate into English: {x}',
		'Translate this subtitle into English: {x}',
		'Translate "{x}" into English.',
		'What does "{x}" mean?',
		'What is "{x}" in English?',
		'In English: {x}',
		'翻译成英文：{x}',
		'翻译成英语：{x}',
		'请翻译成英文：{x}',
		'把这句话翻译成英文：{x}',
		'“{x}”用英语怎么说？',
	],
} as const;
