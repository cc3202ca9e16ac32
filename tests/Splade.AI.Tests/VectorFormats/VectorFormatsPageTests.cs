using System.Text.RegularExpressions;
using Splade.AI.VectorFormats;

namespace Splade.AI.Tests.VectorFormats;

/// <summary>The page on vector formats is true: a section and a row for each, whose examples are what the format writes.</summary>
public sealed class VectorFormatsPageTests
{
    private static readonly MarkdownPage Page = new("docs/vector-formats.md");

    [Fact]
    public void Examples_OfThePage_AreWhatTheFormatsWrite()
    {
        var options = new SparseVectorFormatOptions { Vocabulary = ["the", "tide", ".", "moon", "##s", "sea"] };
        SparseVector document = new([1, 2, 5], [1.5f, .25f, .75f], 6), query = new([1, 5], [1f, .5f], 6);

        Assert.Equal(
            SparseVectorFormat.All.SelectMany(format => (string[])[format.ToBulk([new("tides", document)], options).TrimEnd(), format.ToQuery(query, options)]),
            Page.Blocks("json"));
    }

    [Fact]
    public void Sections_OfThePage_AreTheFormats()
    {
        string[] names = [.. SparseVectorFormat.All.Select(format => format.Name)];
        Assert.Equal(names, Regex.Matches(Page.Text, "^## (.*)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
        Assert.Equal(names.Select(name => $"`{name}`"), Page.Rows.Skip(1).Select(row => row[0]));
    }
}
