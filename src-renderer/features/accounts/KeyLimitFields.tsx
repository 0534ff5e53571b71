import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/format.ts';
import { isLimit, mostLimits, type TypedLimits } from './keyLimits.ts';

/** How much may be asked with a key. */
export function KeyLimitFields({ typed, onChange }: { typed: TypedLimits; onChange: (typed: TypedLimits) => void }) {
	const { t } = useTranslation('accounts');
	const format = useFormat();
	const groupId = useId();
	return (
		<div>
			<Typography id={groupId} variant="caption" component="p" sx={{ color: 'text.secondary', mb: 1 }}>
				{t('keys.limits')}
			</Typography>
			<Box role="group" aria-labelledby={groupId} sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 1.5 }}>
				{(['requestsPerMinute', 'streamsAtOnce', 'tokensPerMonth'] as const).map((kind) => (
					<TextField
						key={kind}
						label={t(`keys.${kind}`)}
						value={typed[kind]}
						error={!isLimit(kind, typed[kind])}
						helperText={isLimit(kind, typed[kind]) ? ' ' : t('keys.limitRange', { most: format.number(mostLimits[kind]) })}
						placeholder={kind === 'tokensPerMonth' ? t('keys.noLimit') : ''}
						onChange={(event) => onChange({ ...typed, [kind]: event.target.value })}
						slotProps={{ htmlInput: { inputMode: 'numeric', autoComplete: 'off', maxLength: 12 }, inputLabel: { shrink: true } }}
					/>
				))}
			</Box>
		</div>
	);
}
