import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConvertPreset } from '#contract/convert.ts';
import type { ConvertOrder } from '#contract/convertOrder.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { notify, notifyError } from '../../ui/notify.ts';
import { removeAimed } from '../../ui/removeAimed.ts';

/** Choices that were kept under names: to take one, to keep those of now, and to delete one, which can be undone. */
export function PresetMenu({ order, onPick }: { order: ConvertOrder; onPick: (order: ConvertOrder) => void }) {
	const { t } = useTranslation('convert');
	const [anchor, setAnchor] = useState<HTMLElement | null>(null);
	const [presets, setPresets] = useState<readonly ConvertPreset[] | null>(null);
	const [isNaming, setNaming] = useState(false);
	const [name, setName] = useState('');
	const load = () => client.convert.presets().then(setPresets, notifyError);
	const remove = async (preset: ConvertPreset) => {
		await client.convert.removePreset({ presetId: preset.id });
		await load();
		notify(t('presets.removed', { name: preset.name }), async () => {
			await client.deleted.restore({ kind: 'preset', thingId: preset.id });
			await load();
		});
	};
	return (
		<>
			<Button
				color="inherit"
				aria-haspopup="menu"
				onClick={(event) => {
					setAnchor(event.currentTarget);
					void load();
				}}
			>
				{t('presets.open')}
			</Button>
			<Menu open={anchor !== null && presets !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
				{(presets ?? []).map((preset) => (
					<MenuItem
						key={preset.id}
						onClick={() => {
							onPick(preset.order);
							setAnchor(null);
						}}
					>
						<ListItemText dir="auto">{preset.name}</ListItemText>
					</MenuItem>
				))}
				{(presets ?? []).length > 0 && <Divider />}
				<MenuItem
					onClick={() => {
						setAnchor(null);
						setNaming(true);
					}}
				>
					{t('presets.keep')}
				</MenuItem>
				{(presets ?? []).length > 0 && <Divider />}
				{(presets ?? []).map((preset) => (
					<MenuItem key={preset.id} sx={{ color: 'text.secondary' }} onClick={() => void removeAimed(() => remove(preset)).catch(notifyError)}>
						<ListItemIcon>
							<DeleteIcon fontSize="small" />
						</ListItemIcon>
						{t('presets.remove', { name: preset.name })}
					</MenuItem>
				))}
			</Menu>
			<ConfirmDialog
				open={isNaming}
				title={t('presets.title')}
				confirmLabel={t('presets.confirm')}
				isReady={name.trim() !== ''}
				onConfirm={async () => {
					await client.convert.savePreset({ name: name.trim(), order });
					notify(t('presets.kept', { name: name.trim() }));
					setName('');
				}}
				onClose={() => setNaming(false)}
			>
				<TextField
					autoFocus
					fullWidth
					label={t('presets.name')}
					value={name}
					onChange={(event) => setName(event.target.value)}
					sx={{ mt: 1 }}
					slotProps={{ htmlInput: { maxLength: 100 } }}
				/>
			</ConfirmDialog>
		</>
	);
}
