using System.Globalization;

namespace Splade.AI;

/// <summary>A text has more tokens than are read, and <see cref="LongTextHandling.Throw"/> was asked for.</summary>
public sealed class TextTooLongException : ArgumentException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="position">The position of the text among those of the call or stream, from 0.</param>
    /// <param name="tokenCount">How many tokens the text has, special tokens and the prompt's included.</param>
    /// <param name="maxTokens">How many are read.</param>
    public TextTooLongException(long position, int tokenCount, int maxTokens)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The text at position {position} has {tokenCount} tokens, and at most {maxTokens} are read. Shorten it, or set LongTextHandling to "
            + $"{nameof(LongTextHandling.SlidingWindowMax)} or {nameof(LongTextHandling.SlidingWindowPassages)} to read it whole, "
            + $"or to {nameof(LongTextHandling.Truncate)} to read its beginning."))
    {
        Position = position;
        TokenCount = tokenCount;
        MaxTokens = maxTokens;
    }

    /// <summary>Gets the position of the text among those of the call or stream, from 0.</summary>
    public long Position { get; }

    /// <summary>Gets how many tokens the text has, special tokens and the prompt's included.</summary>
    public int TokenCount { get; }

    /// <summary>Gets how many are read.</summary>
    public int MaxTokens { get; }
}
