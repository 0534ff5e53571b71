import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { OwnAccount } from '#contract/accounts.ts';
import { linkedScreens } from '#contract/linkedScreens.ts';
import type { Errand } from '#contract/shell.ts';
import { printPage } from '../../rpc/printPage.ts';
import { notify, notifyError } from '../../ui/notify.ts';
import { ChooseDestination } from './ChooseDestination.tsx';
import { type Destination, destinationsFor } from './destinations.ts';
import { useErrands } from './useErrands.ts';
import { useWindowDrop } from './useWindowDrop.ts';

/** Files for which there are several screens. */
interface Asked {
	files: readonly File[];
	among: readonly Destination[];
}

/** Brings what is dropped on the window, or opened by the system, to the screen that takes it; asks where several do, and tells where none does. */
export function OpenFiles({ me }: { me: OwnAccount }) {
	const { t } = useTranslation();
	const navigate = useNavigate();
	const [asked, setAsked] = useState<Asked | null>(null);
	const goTo = useCallback((address: string) => void navigate(address), [navigate]);
	const hand = useCallback((files: readonly File[], { open }: Destination) => void open(files, goTo, me.role).catch(notifyError), [goTo, me.role]);
	const take = useCallback(
		(files: readonly File[]) => {
			const [first] = files;
			if (!first) return;
			const names = files.map(({ name }) => name);
			const among = destinationsFor(names, me.role);
			const [only, other] = among;
			if (other) setAsked({ files, among });
			else if (only) hand(files, only);
			else notify(files.length === 1 ? t('open.nowhere', { name: first.name }) : t('open.notTogether', { count: files.length }));
		},
		[hand, me.role, t],
	);
	const carryOut = async (errand: Errand) => {
		if (errand.kind === 'screen') goTo(linkedScreens[errand.screen]);
		else if (errand.kind === 'file') take([errand.file]);
		else if (errand.kind === 'print') await printPage();
		else if (errand.kind === 'unknownLink') notify(t('open.unknownLink'));
		else if (destinationsFor([errand.name], me.role).length === 0) notify(t('open.nowhere', { name: errand.name }));
		else {
			const { useLibrary } = await import('../../features/library/libraryStore.ts');
			goTo('/models');
			useLibrary.getState().addOpened(errand.name, errand.path);
		}
	};
	useErrands(carryOut, notifyError);
	const isOver = useWindowDrop(take);
	return (
		<>
			{isOver && <DropHint text={t('open.drop')} />}
			{asked && (
				<ChooseDestination
					fileNames={asked.files.map(({ name }) => name)}
					among={asked.among}
					onChosen={(destination) => {
						setAsked(null);
						hand(asked.files, destination);
					}}
					onClose={() => setAsked(null)}
				/>
			)}
		</>
	);
}

function DropHint({ text }: { text: string }) {
	return (
		<Box
			sx={{
				position: 'fixed',
				inset: 16,
				zIndex: 'tooltip',
				display: 'grid',
				placeItems: 'center',
				border: 2,
				borderStyle: 'dashed',
				borderColor: 'primary.main',
				borderRadius: 2,
				bgcolor: 'background.default',
				opacity: 0.94,
				pointerEvents: 'none',
			}}
		>
			<Typography variant="h2">{text}</Typography>
		</Box>
	);
}
