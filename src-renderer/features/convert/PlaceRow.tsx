import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';

interface Props {
	/** Of the source, counted from 1; null where it is of the whole. */
	line: number | null;
	/** Where in the matter. */
	where?: string | null;
	/** What is there. */
	what: string;
	/** Leads to the line; left out where there is no source beside it. */
	onPlace?: (() => void) | undefined;
}

/** Something that is said of a place in a source: the line, which leads there, then what, and where in the matter. */
export function PlaceRow({ line, where = null, what, onPlace }: Props) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const place = line === null ? (where ?? t('place.whole')) : t('place.line', { line: format.number(line) });
	const look = { flex: 'none', minWidth: 88, px: 0.5 } as const;
	return (
		<Box component="li" sx={{ display: 'flex', gap: 2, alignItems: 'baseline', py: 0.25, fontVariantNumeric: 'tabular-nums' }}>
			{line !== null && onPlace ? (
				<ButtonBase onClick={onPlace} sx={{ ...look, justifyContent: 'flex-start', color: 'primary.main', typography: 'body1', borderRadius: 0.5 }}>
					{place}
				</ButtonBase>
			) : (
				<Typography sx={{ ...look, color: 'text.secondary' }}>{place}</Typography>
			)}
			<Typography dir="auto" sx={{ minWidth: 0, overflowWrap: 'anywhere', fontFamily: 'ui-monospace, monospace', fontSize: '0.8125rem' }}>
				{what}
			</Typography>
			{line !== null && where !== null && (
				<Typography variant="caption" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
					{where}
				</Typography>
			)}
		</Box>
	);
}
