import { app } from 'electron';

const english = {
	openLink: (goesTo: string) => `This link leads to ${goesTo}. Open it outside Homeroom?`,
	open: 'Open',
	cancel: 'Cancel',
	leave: 'Close all the same?',
	leaveDetail: 'Something on this page is not kept yet and would be lost.',
	leaveNow: 'Close',
	stay: 'Stay',
	pickModel: 'Choose a model',
	modelFiles: 'GGUF models',
	couldNotImport: (file: string) => `${file} was not taken into the library.`,
	recovery: (name: string, code: string) => `${name} chooses another password with this code, once, within 7 days: ${code}`,
	noSuchAccount: (name: string) => `There is no account called ${name} that may sign in.`,
	couldNotStart: 'Homeroom could not start',
	fault: 'Homeroom met a fault it cannot go on from and closes. What was done so far is kept; the log in its data folder says more.',
	edit: 'Edit',
	view: 'View',
	window: 'Window',
};

const chinese: typeof english = {
	openLink: (goesTo) => `此链接指向 ${goesTo}。要在 Homeroom 之外打开吗？`,
	open: '打开',
	cancel: '取消',
	leave: '仍要关闭吗？',
	leaveDetail: '此页面上有尚未保存的内容，关闭后将丢失。',
	leaveNow: '关闭',
	stay: '留下',
	pickModel: '选择模型',
	modelFiles: 'GGUF 模型',
	couldNotImport: (file) => `未能将 ${file} 加入模型库。`,
	recovery: (name, code) => `${name} 可使用此代码设置新密码，7 天内有效，仅限一次：${code}`,
	noSuchAccount: (name) => `没有名为 ${name} 且可以登录的账户。`,
	couldNotStart: 'Homeroom 无法启动',
	fault: 'Homeroom 遇到无法继续的故障，即将关闭。已完成的内容均已保存；数据文件夹中的日志有更多信息。',
	edit: '编辑',
	view: '视图',
	window: '窗口',
};

/** What the shell itself says to people, in the system's language; the page has its own words. */
export function words(): typeof english {
	return app.getPreferredSystemLanguages()[0]?.toLowerCase().startsWith('zh') ? chinese : english;
}
