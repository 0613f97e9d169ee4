import { TextPage } from '../src/layout/TextPage';

export default function Help() {
  return <TextPage slug="help" title="help" />;
}
