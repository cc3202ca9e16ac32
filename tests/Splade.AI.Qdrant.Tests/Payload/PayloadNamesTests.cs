using System.Text.RegularExpressions;
using Splade.AI.Qdrant.Payload;

namespace Splade.AI.Qdrant.Tests.Payload;

public sealed partial class PayloadNamesTests
{
    [Fact]
    public void Encode_NamesOfLettersAndDigits_StayAsTheyAre() => Assert.All(["year", "doc_id", "doc-id", "漢字", "été", "a1", "_x"], name => Assert.Equal(name, PayloadNames.Encode(name)));

    [Fact]
    public void Encode_AnyNames_BecomeOnesThatPathsTakeAndStayApart()
    {
        string[] names = ["a.b", "a_b", "a b", "a\"b", "a\\b", "a[0]", "a[]", "_x002E_", "a_x002E_b", "a_x005F_x002E_b", ".", " ", "🌍", "\0", "a\nb", "_x002e_", "__x002E_"];
        string[] encoded = [.. names.Select(PayloadNames.Encode)];
        Assert.Equal(names.Length, encoded.Distinct().Count());
        Assert.All(encoded, name => Assert.Matches(Simple(), name));
        Assert.Equal("a_x002E_b", encoded[0]);
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_-]+$")]
    private static partial Regex Simple();
}
