import { expect, test } from 'vitest';
import { pinyinInitials } from './pinyinInitials.ts';

test('tells the letters that a Chinese text is typed by', () => {
	expect(
		['新对话', '给班级评分', '翻译字幕', '设置', '切换飞行模式', '转换 JSON', '模型', '用户', '安静', '额外', '请求', '热门', '耳机', '昂贵'].map(
			pinyinInitials,
		),
	).toEqual([...['xdh', 'gbjpf', 'fyzm', 'sz', 'qhfxms', 'zh JSON', 'mx', 'yh', 'aj', 'ew', 'qq', 'rm', 'ej', 'ag']]);
});
