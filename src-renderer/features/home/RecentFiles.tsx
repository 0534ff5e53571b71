import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecentFile } from '#contract/shell.ts';
import { bridge } from '../../rpc/bridge.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { notifyError } from '../../ui/notify.ts';
import { Section } from '../../ui/Section.tsx';

/** The files that the reader opened last with Homeroom, to be opened again; a browser, which opens none from the system, shows none. */
export function RecentFiles() {
	const { t } = useTranslation('home');
	const format = useFormat();
	const [files, setFiles] = useState<readonly RecentFile[]>([]);
	useEffect(() => {
		if (bridge() !== null) client.shell.recentFiles().then(setFiles, notifyError);
	}, []);
	if (files.length === 0) return null;
	return (
		<Section title={t('recent.title')}>
			<Box component="ul" sx={{ m: 0, p: 1, listStyle: 'none' }}>
				{files.slice(0, 5).map(({ id, name, openedAt }) => (
					<li key={id}>
						<Button
							fullWidth
							color="inherit"
							onClick={() => client.shell.reopenFile({ id }).catch(notifyError)}
							sx={{ justifyContent: 'space-between', gap: 2, textTransform: 'none' }}
						>
							<Box component="span" dir="auto" sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
								{name}
							</Box>
							<Box component="span" sx={{ flex: 'none', typography: 'caption', color: 'text.secondary' }}>
								{format.moment(openedAt)}
							</Box>
						</Button>
					</li>
				))}
			</Box>
		</Section>
	);
}
