import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const foldedFromCharacters = 3_000;

/** What the user wrote, as it was typed; a very long one is folded until asked for. */
export function PromptText({ text }: { text: string }) {
	const { t } = useTranslation('chat');
	const [isWhole, setWhole] = useState(false);
	const isLong = text.length > foldedFromCharacters;
	return (
		<Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1, px: 2, py: 1 }}>
			<Box dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', unicodeBidi: 'plaintext' }}>
				{isLong && !isWhole ? `${text.slice(0, foldedFromCharacters)}…` : text}
			</Box>
			{isLong && (
				<Button size="small" onClick={() => setWhole(!isWhole)} sx={{ mt: 0.5, ml: -1 }}>
					{isWhole ? t('message.showLess') : t('message.showAll')}
				</Button>
			)}
		</Box>
	);
}
