/** The screens that a link `homeroom://NAME` leads to, and where the page has them. A link leads to nothing else, and does nothing. */
export const linkedScreens = {
	home: '/',
	models: '/models',
	chat: '/chat',
	grading: '/grading',
	subtitles: '/subtitles',
	convert: '/convert',
	finetune: '/finetune',
	account: '/account',
	settings: '/settings',
	help: '/help',
} as const;
export type LinkedScreen = keyof typeof linkedScreens;
