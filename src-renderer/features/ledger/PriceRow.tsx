import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Price } from '#contract/ledger.ts';
import { priceOf } from '#contract/priceOf.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useFormat } from '../../ui/format.ts';
import { fieldsOf, formatPrice, type PriceFigures, readPrice } from './priceFields.ts';

/** The tokens of the example, about an answer of a page. */
const exampleTokens = 500;

interface Props {
	price: Price;
	/** Another one was set; `prices` are all there ever were. */
	onSet: (prices: Price[]) => void;
}

/** The price of one task in its two fields, with what it makes of an example; another one is asked about before it is set. */
export function PriceRow({ price, onSet }: Props) {
	const { t } = useTranslation('ledger');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const titleId = useId();
	const [fields, setFields] = useState(() => fieldsOf(price));
	const [isAsking, setAsking] = useState(false);
	const { perMille, surcharge } = readPrice(fields);
	const typed: PriceFigures | null = perMille === null || surcharge === null ? null : { perMille, surcharge };
	const isOther = fields.factor !== fieldsOf(price).factor || fields.surcharge !== fieldsOf(price).surcharge;
	const example = (figures: PriceFigures) => format.number(priceOf(figures, exampleTokens));
	return (
		<Box
			component="form"
			aria-labelledby={titleId}
			onSubmit={(event) => {
				event.preventDefault();
				if (typed && isOther) setAsking(true);
			}}
			sx={{ px: 2, py: 1.5, display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap', '& + &': { borderTop: 1, borderColor: 'divider' } }}
		>
			<Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
				<Typography id={titleId} variant="h3" component="h2">
					{t(`task.${price.task}`)}
				</Typography>
				<Typography
					variant="caption"
					role="status"
					sx={{ display: 'block', color: typed ? 'text.secondary' : 'error.main', fontVariantNumeric: 'tabular-nums' }}
				>
					{typed
						? t('prices.example', { tokens: format.number(exampleTokens), cost: example(typed) })
						: t(perMille === null ? 'prices.wrongFactor' : 'prices.wrongSurcharge')}
				</Typography>
			</Box>
			<Box sx={{ display: 'flex', gap: 1 }}>
				<PriceField
					label={t('prices.factor')}
					sign="×"
					value={fields.factor}
					isWrong={perMille === null}
					onChange={(factor) => setFields({ ...fields, factor })}
				/>
				<PriceField
					label={t('prices.surcharge')}
					sign="+"
					value={fields.surcharge}
					isWrong={surcharge === null}
					onChange={(added) => setFields({ ...fields, surcharge: added })}
				/>
			</Box>
			{/* Their room is kept, so that nothing moves under the hand that types. */}
			<Box sx={{ display: 'flex', gap: 0.5, visibility: isOther ? 'visible' : 'hidden' }}>
				<Button type="submit" variant="contained" size="small" disabled={!typed}>
					{t('prices.set')}
				</Button>
				<Button size="small" color="inherit" onClick={() => setFields(fieldsOf(price))}>
					{ui('cancel')}
				</Button>
			</Box>
			{typed && (
				<ConfirmDialog
					open={isAsking}
					title={t('prices.askTitle', { task: t(`task.${price.task}`) })}
					confirmLabel={t('prices.set')}
					onConfirm={async () => onSet(await client.ledger.setPrice({ task: price.task, ...typed }))}
					onClose={() => setAsking(false)}
				>
					<Typography sx={{ mb: 1 }}>
						{t('prices.ask', {
							before: formatPrice(price, format),
							after: formatPrice(typed, format),
							tokens: format.number(exampleTokens),
							costBefore: example(price),
							costAfter: example(typed),
						})}
					</Typography>
					<Typography sx={{ color: 'text.secondary' }}>{t('prices.askKept')}</Typography>
				</ConfirmDialog>
			)}
		</Box>
	);
}

interface FieldProps {
	label: string;
	sign: string;
	value: string;
	isWrong: boolean;
	onChange: (typed: string) => void;
}

function PriceField({ label, sign, value, isWrong, onChange }: FieldProps) {
	return (
		<TextField
			value={value}
			error={isWrong}
			title={label}
			onChange={(event) => onChange(event.target.value)}
			sx={{ width: 104 }}
			slotProps={{
				htmlInput: { 'aria-label': label, inputMode: 'decimal', autoComplete: 'off' },
				input: { startAdornment: <InputAdornment position="start">{sign}</InputAdornment> },
			}}
		/>
	);
}
