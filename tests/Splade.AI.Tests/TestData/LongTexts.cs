using System.Text;

namespace Splade.AI.Tests.TestData;

/// <summary>Long texts of real sentences, put together in an order that a seed decides.</summary>
internal static class LongTexts
{
    private static readonly string[] Passages =
        [.. ReferenceVectors.Read("encode-passages.jsonl").Select(p => p.Text).Where(t => t.Length > 100)];

    public static string Create(int seed, int characters)
    {
        var random = new Random(seed);
        var text = new StringBuilder(characters + 2000);
        while (text.Length < characters)
        {
            text.Append(Passages[random.Next(Passages.Length)]).Append(random.Next(3) == 0 ? "\n\n" : " ");
        }

        return text.ToString();
    }
}
