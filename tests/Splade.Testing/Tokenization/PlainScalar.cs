using System.Text;
using Splade.AI.Tokenization;

namespace Splade.Testing.Tokenization;

/// <summary>A Unicode scalar and where it stands in the text.</summary>
internal sealed record PlainScalar(int Value, TokenOffset Source)
{
    public string Text => new Rune(Value).ToString();

    public bool Is(ScalarTraits trait) => UnicodeProperties.Shared.TraitsOf(Value).HasFlag(trait);

    public static List<PlainScalar> Read(string text, int start, int end)
    {
        List<PlainScalar> scalars = [];
        for (int at = start; at < end;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at, end - at), out Rune rune, out int length);
            scalars.Add(new PlainScalar(rune.Value, new TokenOffset(at, at + length)));
            at += length;
        }

        return scalars;
    }
}
