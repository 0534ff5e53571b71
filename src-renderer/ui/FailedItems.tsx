import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import type { SxProps, Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from './describeFailure.ts';
import { useFormat } from './format.ts';

interface Props {
	/** What was being done; left out where the sentence of the one item says it all. */
	title?: string | undefined;
	/** What could not be done: the name of each, empty where it has none, and what happened. */
	items: readonly { name: string; failure: unknown }[];
	/** How many there are in all, where `items` are only the first. */
	total: number;
	/** Buttons, such as to try again and to take it off. */
	action?: ReactNode;
	sx?: SxProps<Theme>;
}

/** More would push away what the page is for. */
const mostShown = 3;

/** Says which of several could not be done, and of each why. */
export function FailedItems({ title, items, total, action, sx = {} }: Props) {
	const { t } = useTranslation('failures');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const shown = items.slice(0, mostShown);
	const more = Math.max(total, items.length) - shown.length;
	return (
		<Alert severity="error" variant="outlined" action={action} sx={[{ bgcolor: 'background.paper', py: 0 }, ...(Array.isArray(sx) ? sx : [sx])]}>
			{title}
			{shown.map(({ name, failure }, index) => {
				const { sentence } = describeFailure(failure, t, format);
				return (
					// Two items may have one name and one reason, and the list never moves.
					// biome-ignore lint/suspicious/noArrayIndexKey: see above
					<Box key={index} dir="auto">
						{name === '' || sentence.includes(name) ? sentence : `${name}: ${sentence}`}
					</Box>
				);
			})}
			{more > 0 && ui('more', { count: more })}
		</Alert>
	);
}
