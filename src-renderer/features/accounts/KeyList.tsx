import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '#contract/accounts.ts';
import { client } from '../../rpc/client.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { MoreMenu } from '../../ui/MoreMenu.tsx';
import { notifyError } from '../../ui/notify.ts';
import { Section, SectionRow } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { KeyLimitsDialog } from './KeyLimitsDialog.tsx';
import { NewKeyDialog } from './NewKeyDialog.tsx';
import { SecretDialog } from './SecretDialog.tsx';

type Asked = { act: 'rotate' | 'remove'; key: ApiKey };

/** The keys with which other programs act for this account: made, switched off, given another secret, and removed here. */
export function KeyList() {
	const { t } = useTranslation('accounts');
	const [keys, setKeys] = useState<ApiKey[] | null>(null);
	const [error, setError] = useState<unknown>(null);
	const [isMaking, setMaking] = useState(false);
	const [asked, setAsked] = useState<Asked | null>(null);
	const [limited, setLimited] = useState<ApiKey | null>(null);
	const [secret, setSecret] = useState<string | null>(null);
	const load = useCallback(() => client.accounts.keys().then(setKeys, setError), []);
	useEffect(() => void load(), [load]);
	const carryOut = async ({ act, key }: Asked) => {
		if (act === 'rotate') setSecret((await client.accounts.rotateKey({ keyId: key.id })).secret);
		else await client.accounts.removeKey({ keyId: key.id });
		await load();
	};
	return (
		<Section title={t('keys.title')}>
			<SectionRow label={t('keys.label')} help={t('keys.help')}>
				{() => (
					<Button variant="outlined" color="inherit" size="small" onClick={() => setMaking(true)}>
						{t('keys.make')}
					</Button>
				)}
			</SectionRow>
			<ErrorNotice error={error} />
			{keys?.map((key) => (
				<KeyRow
					key={key.id}
					apiKey={key}
					onAsk={(act) => setAsked({ act, key })}
					onLimit={() => setLimited(key)}
					onSwitch={() => client.accounts.changeKey({ keyId: key.id, isDisabled: !key.isDisabled }).then(load, notifyError)}
				/>
			))}
			{isMaking && (
				<NewKeyDialog
					onMade={(made) => {
						setMaking(false);
						setSecret(made);
						void load();
					}}
					onClose={() => setMaking(false)}
				/>
			)}
			{limited && (
				<KeyLimitsDialog
					apiKey={limited}
					onChanged={() => {
						setLimited(null);
						void load();
					}}
					onClose={() => setLimited(null)}
				/>
			)}
			<ConfirmDialog
				open={asked !== null}
				title={asked ? t(`keys.${asked.act}Title`, { name: asked.key.name }) : ''}
				confirmLabel={asked ? t(`keys.${asked.act}`) : ''}
				isDestructive={asked?.act === 'remove'}
				onConfirm={async () => {
					if (asked) await carryOut(asked);
				}}
				onClose={() => setAsked(null)}
			>
				<Typography>{asked && t(`keys.${asked.act}Text`)}</Typography>
			</ConfirmDialog>
			{secret !== null && <SecretDialog title={t('keys.madeTitle')} text={t('keys.madeText')} secret={secret} onClose={() => setSecret(null)} />}
		</Section>
	);
}

function KeyRow({ apiKey, onAsk, onLimit, onSwitch }: { apiKey: ApiKey; onAsk: (act: Asked['act']) => void; onLimit: () => void; onSwitch: () => void }) {
	const { t } = useTranslation('accounts');
	const format = useFormat();
	const isOver = apiKey.expiresAt !== null && apiKey.expiresAt <= Date.now();
	const used = format.number(apiKey.usedThisMonth);
	const month = apiKey.limits.tokensPerMonth;
	const facts = [
		`${apiKey.prefix}…`,
		apiKey.scopes.map((scope) => t(`scope.${scope}`)).join(', '),
		apiKey.lastUsedAt === null ? t('keys.neverUsed') : t('sessions.used', { when: format.moment(apiKey.lastUsedAt) }),
		apiKey.expiresAt === null ? t('keys.forever') : t('keys.until', { when: format.date(apiKey.expiresAt) }),
		month === null ? t('keys.used', { tokens: used }) : t('keys.spent', { tokens: used, most: format.number(month) }),
	];
	return (
		<Box sx={{ display: 'flex', alignItems: 'center', gap: 2, px: 2, py: 1, minHeight: 56, borderTop: 1, borderColor: 'divider' }}>
			<Box sx={{ flex: 1, minWidth: 0 }}>
				<Typography noWrap dir="auto">
					{apiKey.name}
				</Typography>
				<Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
					{facts.join(' · ')}
				</Typography>
			</Box>
			<StateLabel
				tone={isOver || apiKey.isDisabled ? 'quiet' : 'good'}
				label={isOver ? t('keys.isOver') : apiKey.isDisabled ? t('keys.isOff') : t('keys.isOn')}
			/>
			<MoreMenu
				label={t('keys.menu', { name: apiKey.name })}
				entries={[
					{ label: apiKey.isDisabled ? t('keys.enable') : t('keys.disable'), onChoose: onSwitch },
					{ label: t('keys.changeLimits'), onChoose: onLimit },
					{ label: t('keys.rotate'), onChoose: () => onAsk('rotate') },
					{ label: t('keys.remove'), onChoose: () => onAsk('remove') },
				]}
			/>
		</Box>
	);
}
