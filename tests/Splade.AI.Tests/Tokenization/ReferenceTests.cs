using Splade.AI.Tests.TestData;
using Splade.AI.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Ids and offsets equal those of Hugging Face's tokenizers; TestData/reference/README.md tells how the files were made.</summary>
public sealed class ReferenceTests
{
    private static readonly string SpladeTiny = Path.Combine(Repository.Models, "splade-tiny", "tokenizer.json");

    [Theory]
    [InlineData("tokens-stress.jsonl", 78)]
    [InlineData("tokens-passages.jsonl", 26)]
    public void Encode_SpladeTiny_EqualsReference(string file, int texts) =>
        AssertAgrees(SpladeTiny, Path.Combine(Repository.TestData, "reference", file), texts);

    [Theory]
    [InlineData("random-bert-sum", 86)]
    [InlineData("random-distilbert-cased", 86)]
    public void Encode_CasedModel_EqualsReference(string model, int texts) => AssertAgrees(
        Path.Combine(Repository.TestData, "tokenizers", model, "tokenizer.json"),
        Path.Combine(Repository.TestData, "reference", $"tokens-{model}.jsonl"),
        texts);

    [SharedFact]
    public void Encode_Cranfield_EqualsReference() =>
        AssertAgrees(SpladeTiny, Path.Combine(Repository.Shared!, "reference", "cranfield-tokens.jsonl"), 100);

    private static void AssertAgrees(string tokenizerPath, string referencePath, int texts)
    {
        Tokenizer tokenizer = Tokenizer.Load(tokenizerPath);
        IReadOnlyList<TokenReference> references = TokenReference.Read(referencePath);
        var tokens = new TokenBuffer();
        foreach (TokenReference reference in references)
        {
            tokenizer.Encode(reference.Text, tokens);
            TokenOffset[] offsets = [.. reference.Offsets.Select(offset => new TokenOffset(offset[0], offset[1]))];
            TokenDump.AssertEqual(tokenizer, reference.Text, reference.Ids, offsets, tokens);
        }

        Assert.Equal(texts, references.Count);
    }
}
