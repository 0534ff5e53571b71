import DoneIcon from '@mui/icons-material/Check';
import CopyIcon from '@mui/icons-material/ContentCopy';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from './copyText.ts';
import { notifyError } from './notify.ts';

const doneMs = 1_500;

/** Copies a text and says for a moment that it did. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
	const { t } = useTranslation('ui');
	const [isDone, setDone] = useState(false);
	useEffect(() => {
		if (!isDone) return;
		const timer = setTimeout(() => setDone(false), doneMs);
		return () => clearTimeout(timer);
	}, [isDone]);
	const words = isDone ? t('copied') : (label ?? t('copy'));
	return (
		<Tooltip title={words}>
			<IconButton aria-label={words} onClick={() => copyText(text).then(() => setDone(true), notifyError)}>
				{isDone ? <DoneIcon sx={{ fontSize: 16 }} /> : <CopyIcon sx={{ fontSize: 16 }} />}
			</IconButton>
		</Tooltip>
	);
}
