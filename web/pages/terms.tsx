import { TextPage } from '../src/layout/TextPage';

export default function Terms() {
  return <TextPage slug="terms" title="terms" />;
}
