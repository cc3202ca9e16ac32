namespace Splade.AI.Tokenization;

/// <content>Cuts a text at its added tokens.</content>
public abstract partial class Tokenizer
{
    /// <summary>Tokenizes normalized text.</summary>
    private protected void AppendNormalized(AlignedText text, ReadOnlySpan<char> original, bool withSpecialTokens, TokenBuffer destination)
    {
        int done = 0;
        AddedTokenEnumerator matches = _normalizedTokens.Matches(text.Text, withSpecialTokens);
        while (!destination.IsOverfull && matches.MoveNext())
        {
            AddedTokenMatch match = matches.Current;
            if (done < match.Start)
            {
                AppendTrimmedWords(text.Slice(done, match.Start), original, destination);
            }

            AppendMatch(match, text, original, destination);
            done = match.End;
        }

        AppendTrimmedWords(text.Slice(done, text.Length), original, destination);
    }

    private void AppendText(ReadOnlySpan<char> text, TokenizationOptions options, int limit, TokenBuffer destination)
    {
        AppendText(text, options.SpecialTokensInText, destination);
        if (options.TruncatesLeft)
        {
            destination.CutStartTo(limit);
        }
        else
        {
            destination.CutToLimit();
        }
    }

    private void AppendText(ReadOnlySpan<char> text, bool withSpecialTokens, TokenBuffer destination)
    {
        int done = 0;
        AddedTokenEnumerator matches = _addedTokens.Matches(text, withSpecialTokens);
        while (!destination.IsOverfull && matches.MoveNext())
        {
            AddedTokenMatch match = matches.Current;
            if (done < match.Start)
            {
                AppendPart(text, done, match.Start, withSpecialTokens, destination);
            }

            AppendMatch(match, new AlignedText(text, 0), text, destination);
            done = match.End;
        }

        AppendPart(text, done, text.Length, withSpecialTokens, destination);
    }

    private void AppendMatch(AddedTokenMatch match, AlignedText text, ReadOnlySpan<char> original, TokenBuffer destination)
    {
        TokenOffset source = text.ToOriginal(match.Start, match.End);
        if (_trimmer is not null)
        {
            source = _trimmer.Trim(text.Text[match.Start..match.End], source, destination.HasNoText, original);
        }

        destination.Add(match.Id, source.Start, source.End);
    }

    private void AppendTrimmedWords(AlignedText text, ReadOnlySpan<char> original, TokenBuffer destination)
    {
        int first = destination.Count;
        AppendWords(text, destination);
        if (_trimmer is not null)
        {
            destination.TrimOffsets(first, _trimmer, original);
        }
    }
}
