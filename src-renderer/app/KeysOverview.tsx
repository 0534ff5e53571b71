import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { deskKeys } from '../features/grading/deskKeys.ts';
import { benchKeys } from '../features/subtitles/benchKeys.ts';
import { KeyList, type KeyRow } from '../ui/KeysDialog.tsx';
import { PlainDialog } from '../ui/PlainDialog.tsx';
import { isMac } from './isMac.ts';
import { closeKeys, openKeys, useKeys } from './keysStore.ts';

/** All keys there are, screen by screen, which `?` opens wherever nothing is typed; a desk with a list of its own shows that one. */
export function KeysOverview() {
	const { t } = useTranslation();
	const isOpen = useKeys((state) => state.isOpen);
	const sections = useSections();
	useEffect(() => {
		const onKeyDown = (event: KeyboardEvent) => {
			if (event.key !== '?' || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isForField(event.target)) return;
			// By then a desk has taken the key for itself.
			setTimeout(() => {
				if (!event.defaultPrevented) openKeys();
			});
		};
		window.addEventListener('keydown', onKeyDown);
		return () => window.removeEventListener('keydown', onKeyDown);
	}, []);
	if (!isOpen) return null;
	return (
		<PlainDialog title={t('keys.title')} width="sm" onClose={closeKeys}>
			{sections.map(({ name, title, rows }) => (
				<Box key={name} component="section" aria-labelledby={`keys-${name}`} sx={{ '& + &': { mt: 2.5 } }}>
					<Typography id={`keys-${name}`} variant="h2" sx={{ mb: 1 }}>
						{title}
					</Typography>
					<KeyList rows={rows} />
				</Box>
			))}
		</PlainDialog>
	);
}

/** The keys of each screen, that of the screen one is on first after those that work everywhere. */
function useSections(): { name: string; title: string; rows: KeyRow[] }[] {
	const { t } = useTranslation();
	const { pathname } = useLocation();
	const command = isMac() ? '⌘' : 'Ctrl+';
	const screens = [
		{
			...{ name: 'chat', title: t('nav.chat') },
			rows: [
				{ keys: 'Enter', act: t('keys.send') },
				{ keys: 'Shift+Enter', act: t('keys.newLine') },
				{ keys: 'Esc', act: t('keys.stop') },
			],
		},
		{ name: 'grading', title: t('grading:desk.keys.title'), rows: deskKeys.map(([act, keys]) => ({ keys, act: t(`grading:desk.keys.${act}`) })) },
		{ name: 'subtitles', title: t('subtitles:keys.title'), rows: benchKeys.map(([act, keys]) => ({ keys, act: t(`subtitles:keys.${act}`) })) },
	];
	const everywhere = [
		{ keys: `${command}K`, act: t('keys.palette') },
		{ keys: 'F1', act: t('keys.help') },
		{ keys: '?', act: t('keys.overview') },
		{ keys: 'Tab · Shift+Tab', act: t('keys.tab') },
		{ keys: 'Esc', act: t('keys.close') },
	];
	return [
		{ name: 'everywhere', title: t('keys.everywhere'), rows: everywhere },
		...screens.filter(({ name }) => pathname.startsWith(`/${name}`)),
		...screens.filter(({ name }) => !pathname.startsWith(`/${name}`)),
	];
}

function isForField(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && target.closest('input, textarea, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]') !== null;
}
