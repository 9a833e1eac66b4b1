/** Product and model as one says them: 變頻冰箱 KR-528WN. */
export function productName(asset: { readonly product?: string | null; readonly model_no?: string | null }): string {
  return [asset.product, asset.model_no].filter(Boolean).join(' ');
}
