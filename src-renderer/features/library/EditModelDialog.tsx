import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Model } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { useModels } from '../../rpc/live.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { tagsOf } from './arrangeModels.ts';

/** Changes what a model is called and filed under. */
export function EditModelDialog({ model, onClose }: { model: Model; onClose: () => void }) {
	const { t } = useTranslation('library');
	const known = tagsOf(useModels().value ?? []);
	const [name, setName] = useState(model.name);
	const [tags, setTags] = useState<readonly string[]>(model.tags);
	const [typedTag, setTypedTag] = useState('');
	const save = async () => {
		// A tag that was typed and not confirmed is meant as well.
		const all = [...tags, typedTag].map((tag) => tag.trim()).filter(Boolean);
		await client.library.change({ modelId: model.id, name: name.trim(), tags: [...new Set(all)] });
	};
	return (
		<ConfirmDialog open title={t('edit.title')} confirmLabel={t('edit.confirm')} isReady={name.trim() !== ''} onConfirm={save} onClose={onClose}>
			<TextField
				autoFocus
				fullWidth
				label={t('table.name')}
				value={name}
				onChange={(event) => setName(event.target.value)}
				sx={{ mt: 1, mb: 2 }}
				slotProps={{ htmlInput: { maxLength: 120, dir: 'auto' } }}
			/>
			<Autocomplete
				multiple
				freeSolo
				size="small"
				options={known}
				value={[...tags]}
				onChange={(_event, chosen) => setTags(chosen)}
				inputValue={typedTag}
				onInputChange={(_event, typed) => setTypedTag(typed.slice(0, 40))}
				renderInput={(params) => <TextField {...params} label={t('edit.tags')} helperText={t('edit.tagsHelp')} />}
			/>
		</ConfirmDialog>
	);
}
