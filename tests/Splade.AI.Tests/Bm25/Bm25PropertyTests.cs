using System.Text;
using Microsoft.Extensions.AI;
using Splade.Testing.Bm25;

namespace Splade.AI.Tests.Bm25;

/// <summary>Texts drawn at random have the vectors of the plain steps.</summary>
public sealed class Bm25PropertyTests
{
    private static readonly string[] Pieces =
    [
        " ", " ", " ", ", ", "_", "-", "'", "the", "Of", "studies", "RUNNING", "organization", "paste", "added", "Σ", "ΟΔΟΣ", "ΑΣ", "İ", "I", "ı", "\u0307", "\u0301", "ʰ",
        "ª", "Ⅷ", "½", "²", "٣", "نص", "नमस्ते", "ไทย", "世界", "한국어", "𐐀", "𐐨ing", "𝟘", "😀", "\uD801", "\uDC28", "ẞ", "ﬁ", "ǅ", "\u212A", "\u200B", "\u00A0", "\0", "y", "e", "s",
        "antidisestablishmentarianism", "pneumonoultramicroscopic",
    ];

    [Fact]
    public async Task GenerateAsync_TextsAtRandom_HaveTheVectorsOfThePlainSteps()
    {
        var random = new Random(20260);
        using var sut = new Bm25EmbeddingGenerator();
        for (int trial = 0; trial < Trials.Of(1500, 100_000); trial++)
        {
            string text = Draw(random);
            EmbeddingInputType inputType = trial % 4 == 0 ? EmbeddingInputType.Query : EmbeddingInputType.Document;
            var options = new SpladeEmbeddingGenerationOptions { Encoding = { InputType = inputType } };
            SparseVector vector = (await sut.GenerateAsync(text, options)).Vector;
            Assert.True(PlainBm25.Encode(text, inputType).Equals(vector), text);
        }
    }

    private static string Draw(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(30); i > 0; i--)
        {
            text.Append(random.Next(4) > 0 ? Pieces[random.Next(Pieces.Length)] : Scalar(random).ToString());
        }

        return text.ToString();
    }

    private static Rune Scalar(Random random)
    {
        int scalar = random.Next(2) == 0 ? random.Next(0x3000) : random.Next(0x20000);
        return Rune.IsValid(scalar) ? new Rune(scalar) : Rune.ReplacementChar;
    }
}
