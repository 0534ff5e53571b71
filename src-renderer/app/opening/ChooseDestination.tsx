import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogTitle from '@mui/material/DialogTitle';
import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { routeOf } from '../routes.tsx';
import type { Destination } from './destinations.ts';

interface Props {
	fileNames: readonly string[];
	among: readonly Destination[];
	onChosen: (destination: Destination) => void;
	onClose: () => void;
}

/** Asks what is to be done with files that several screens take. */
export function ChooseDestination({ fileNames, among, onChosen, onClose }: Props) {
	const { t } = useTranslation();
	const { t: ui } = useTranslation('ui');
	const titleId = useId();
	return (
		<Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs" fullWidth>
			<DialogTitle id={titleId} dir="auto" sx={{ overflowWrap: 'anywhere' }}>
				{fileNames.length === 1 ? t('open.ask', { name: fileNames[0] }) : t('open.askSeveral', { count: fileNames.length })}
			</DialogTitle>
			<List sx={{ px: 1 }}>
				{among.map((destination, at) => {
					const Icon = routeOf(`/${destination.name}`)?.rail?.icon;
					return (
						<ListItemButton key={destination.name} autoFocus={at === 0} onClick={() => onChosen(destination)} sx={{ borderRadius: 1 }}>
							<ListItemIcon sx={{ minWidth: 40 }}>{Icon && <Icon />}</ListItemIcon>
							<ListItemText primary={t(`open.to.${destination.name}`)} secondary={t(`open.toText.${destination.name}`)} />
						</ListItemButton>
					);
				})}
			</List>
			<DialogActions>
				<Button color="inherit" onClick={onClose}>
					{ui('cancel')}
				</Button>
			</DialogActions>
		</Dialog>
	);
}
