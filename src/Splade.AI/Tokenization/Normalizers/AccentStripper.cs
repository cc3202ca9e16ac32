namespace Splade.AI.Tokenization.Normalizers;

/// <summary>Drops combining marks: Hugging Face's <c>StripAccents</c>, which decomposes nothing.</summary>
internal sealed class AccentStripper : ScalarFilter
{
    /// <inheritdoc/>
    protected override int Map(int scalar) =>
        (UnicodeProperties.Shared.TraitsOf(scalar) & ScalarTraits.Accent) != 0 ? Dropped : scalar;
}
