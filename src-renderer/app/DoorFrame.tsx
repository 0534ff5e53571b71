import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import mark from '../../resources/icons/homeroom.svg';
import { notifyError } from '../ui/notify.ts';
import { type Language, languages, speak } from './i18n.ts';

const names: Record<Language, string> = { en: 'English', zh: '中文' };

/** The page of somebody who is not in yet: one form in the middle, and the languages, because nobody's settings are known here. */
export function DoorFrame({ children }: { children: ReactNode }) {
	const { i18n } = useTranslation();
	return (
		<Box component="main" sx={{ height: '100%', overflow: 'auto', display: 'grid', gridTemplateRows: '1fr auto', bgcolor: 'background.default' }}>
			<Box sx={{ width: '100%', maxWidth: 432, m: 'auto', p: 2 }}>
				<Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 2, justifyContent: 'center', typography: 'h1' }}>
					<Box component="img" src={mark} alt="" sx={{ width: 32, height: 32 }} />
					Homeroom
				</Box>
				<Paper variant="outlined" sx={{ p: 3 }}>
					{children}
				</Paper>
			</Box>
			<Box sx={{ display: 'flex', justifyContent: 'center', gap: 1, p: 1 }}>
				{languages.map((language) => (
					<Button
						key={language}
						size="small"
						color="inherit"
						lang={language}
						aria-pressed={i18n.language === language}
						onClick={() => speak(language).catch(notifyError)}
						sx={{ color: i18n.language === language ? 'text.primary' : 'text.secondary' }}
					>
						{names[language]}
					</Button>
				))}
			</Box>
		</Box>
	);
}
