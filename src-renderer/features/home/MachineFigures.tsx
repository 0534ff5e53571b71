import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Deployment, Machine } from '#contract/engine.ts';
import type { DiskFigures } from '#contract/library.ts';
import { client } from '../../rpc/client.ts';
import { useFormat } from '../../ui/format.ts';
import { MemoryBar } from '../../ui/MemoryBar.tsx';
import { Section } from '../../ui/Section.tsx';
import { type Gauge, machineParts } from './machineParts.ts';

const everyMs = 10_000;

/** What of the machine's memory, GPUs and disk is used, and what of that by models. Nothing until it is known, and where it cannot be told. */
export function MachineFigures({ deployments }: { deployments: readonly Deployment[] }) {
	const { t } = useTranslation('home');
	const format = useFormat();
	const figures = useMachine(deployments.map(({ id, state }) => `${id} ${state}`).join());
	if (figures === null) return null;
	const nameOf = ({ kind, name }: Gauge) => (kind === 'gpu' ? name || t('machine.gpu') : t(`machine.${kind}`));
	return (
		<Section title={t('machine.title')}>
			<Box sx={{ px: 2, py: 1.5, display: 'flex', flexDirection: 'column', gap: 1.5 }}>
				{machineParts(figures.machine, figures.disk, deployments).map((gauge) => (
					<MemoryBar
						key={`${gauge.kind}${gauge.name}`}
						label={nameOf(gauge)}
						parts={[
							...(gauge.oursBytes > 0 ? [{ label: t('machine.models'), bytes: gauge.oursBytes }] : []),
							{ label: gauge.oursBytes > 0 ? t('machine.other') : t('machine.used'), bytes: gauge.otherBytes },
						]}
						capacityBytes={gauge.totalBytes}
						capacityLabel={t('machine.free', {
							free: format.bytes(gauge.totalBytes - gauge.oursBytes - gauge.otherBytes),
							total: format.bytes(gauge.totalBytes),
						})}
					/>
				))}
				{figures.machine.gpus.length === 0 && (
					<Typography variant="caption" sx={{ color: 'text.secondary' }}>
						{t('machine.noGpu')}
					</Typography>
				)}
			</Box>
		</Section>
	);
}

/** The machine's figures, read anew whenever `changed` does, and from time to time while the page is seen. */
function useMachine(changed: string): { machine: Machine; disk: DiskFigures | null } | null {
	const [figures, setFigures] = useState<{ machine: Machine; disk: DiskFigures | null } | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: what is loaded changes what is free
	useEffect(() => {
		let isCurrent = true;
		const read = async () => {
			if (document.hidden) return;
			// A disk that cannot be asked is told of on the Models screen; the gauges are a courtesy and wait for the next time.
			const [machine, disk] = await Promise.all([client.engine.machine().catch(() => null), client.library.disk().catch(() => null)]);
			if (isCurrent && machine) setFigures({ machine, disk });
		};
		void read();
		const timer = setInterval(() => void read(), everyMs);
		return () => {
			isCurrent = false;
			clearInterval(timer);
		};
	}, [changed]);
	return figures;
}
