import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { CodePane } from './CodePane.tsx';
import { takeFields } from './recordsStore.ts';
import { schemaFields } from './schemaFields.ts';

/** Takes the fields out of a JSON Schema that is pasted; what no field can be is named before. */
export function FieldsFromSchema({ onClose }: { onClose: () => void }) {
	const { t } = useTranslation('convert');
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	const [schema, setSchema] = useState('');
	const read = schema.trim() === '' ? null : schemaFields(schema);
	const found = typeof read === 'object' ? read : null;
	const take = () => {
		takeFields(found?.fields ?? []);
		onClose();
	};
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="md" fullWidth>
			<DialogTitle id={titleId}>{t('fieldsFrom.title')}</DialogTitle>
			<DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5 }}>
				<Typography sx={{ color: 'text.secondary' }}>{t('fieldsFrom.text')}</Typography>
				<Box sx={{ display: 'flex', flexDirection: 'column', height: 260, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
					<CodePane label={t('schema.label')} text={schema} format="json" hint={'{ "type": "object", "properties": … }'} onChange={setSchema} />
				</Box>
				<Box role="status" sx={{ minHeight: 24, overflowWrap: 'anywhere' }}>
					{typeof read === 'string' && <StateLabel tone="bad" label={t(`fieldsFrom.refused.${read}`)} />}
					{found !== null && (
						<StateLabel
							tone={found.left.length === 0 ? 'good' : 'warn'}
							label={[
								t('fieldsFrom.found', { count: found.fields.length }),
								found.left.length === 0 ? '' : t('fieldsFrom.left', { names: found.left.map(({ name, kind }) => `${name} (${kind})`).join(', ') }),
							]
								.filter(Boolean)
								.join(' · ')}
						/>
					)}
				</Box>
			</DialogContent>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
				<Button variant="contained" disabled={found === null || found.fields.length === 0} onClick={take}>
					{t('fieldsFrom.take')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
