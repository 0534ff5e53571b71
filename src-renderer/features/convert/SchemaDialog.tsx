import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outputs } from '#contract/contract.ts';
import { client } from '../../rpc/client.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { CodePane } from './CodePane.tsx';
import { showPlace, useConvert } from './convertStore.ts';
import { PlaceRow } from './PlaceRow.tsx';

type Validated = Outputs['convert']['validate'];

/** Checks the source by a JSON Schema: one that is pasted, or the one that the source itself suggests. A problem leads to its line. */
export function SchemaDialog({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('convert');
	const { t: ui } = useTranslation('ui');
	const format = useFormat();
	const titleId = useId();
	const { content, order } = useConvert();
	const [schema, setSchema] = useState('');
	const [checked, setChecked] = useState<Validated | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [isBusy, setBusy] = useState(false);
	const check = async (by: string | null) => {
		setBusy(true);
		setError(null);
		setChecked(null);
		try {
			const { from, table, markup } = order;
			const answer = await client.convert.validate({ content, from, table, markup, schema: by });
			if (by === null) setSchema(answer.schema);
			setChecked(answer);
		} catch (thrown) {
			setError(thrown);
		} finally {
			setBusy(false);
		}
	};
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="md" fullWidth>
			<DialogTitle id={titleId}>{t('schema.title')}</DialogTitle>
			<DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
				<Typography sx={{ color: 'text.secondary' }}>{t('schema.text')}</Typography>
				<Box sx={{ display: 'flex', flexDirection: 'column', height: 260, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
					<CodePane label={t('schema.label')} text={schema} format="json" hint={'{ "type": "array", … }'} onChange={setSchema} />
				</Box>
				<ErrorNotice error={error} />
				{checked !== null && (
					<Box role="status">
						{checked.total === 0 ? (
							<StateLabel tone="good" label={t('schema.valid')} />
						) : (
							<StateLabel tone="warn" label={t('schema.problems', { count: checked.total, number: format.number(checked.total) })} />
						)}
						<Box component="ul" sx={{ m: 0, mt: 1, p: 0, listStyle: 'none', maxHeight: 220, overflow: 'auto' }}>
							{checked.problems.map(({ path, message, line, column, row, keyword }) => (
								<PlaceRow
									key={`${path} ${keyword} ${message}`}
									line={line}
									where={[row === null ? '' : t('schema.row', { row: format.number(row) }), path].filter(Boolean).join(' · ')}
									what={message}
									onPlace={() => {
										onClose();
										showPlace(line, column);
									}}
								/>
							))}
						</Box>
					</Box>
				)}
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('close')}
				</Button>
				<Button variant="outlined" color="inherit" disabled={isBusy} onClick={() => void check(null)}>
					{t('schema.infer')}
				</Button>
				<Button variant="contained" loading={isBusy} disabled={schema.trim() === ''} onClick={() => void check(schema)}>
					{t('schema.check')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
