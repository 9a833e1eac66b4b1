import './ui/look/tokens.css';
import './ui/look/base.css';
