namespace Splade.AI.Tokenization.PreTokenizers;

/// <summary>Makes spaces visible and puts one before: what Hugging Face's <c>Metaspace</c> and <c>ByteLevel</c> do first.</summary>
/// <param name="mark">What stands for a space, of the basic plane; perhaps the space itself.</param>
/// <param name="prefix">Which pieces get a mark before them, unless they begin with one.</param>
internal sealed class SpaceMarker(char mark, PrefixScheme prefix) : PreTokenizer
{
    /// <inheritdoc/>
    public override void Append(AlignedText text, WordPipeline next, int step, TokenBuffer destination)
    {
        bool isPrefixed = IsPrefixed(text);
        if (!isPrefixed && (mark == ' ' || !text.Text.Contains(' ')))
        {
            next.Append(text, destination, step);
            return;
        }

        NormalizedText spaced = destination.Memory.Spaced;
        spaced.Clear();
        if (isPrefixed)
        {
            spaced.Append(mark, text.SourceOfScalar(0));
        }

        spaced.Append(text);
        spaced.Replace(' ', mark);
        next.Append(spaced.View, destination, step);
    }

    private bool IsPrefixed(AlignedText text) =>
        prefix != PrefixScheme.Never
        && text.Text[0] != mark && text.Text[0] != ' '
        && (prefix == PrefixScheme.Always || text.ToOriginal(0, 1).Start == 0);
}
