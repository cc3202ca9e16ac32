namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Drops control characters and makes spaces of what looks like one: Hugging Face's <c>Nmt</c>.</summary>
/// <remarks>The lists are those of <c>tokenizers/src/normalizers/unicode.rs</c> in Hugging Face's tokenizers 0.23.</remarks>
internal sealed class NmtNormalizer : ScalarFilter
{
    /// <inheritdoc/>
    protected override int Map(int scalar) => scalar switch
    {
        (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F => Dropped,
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => ' ',
        _ => scalar,
    };
}
