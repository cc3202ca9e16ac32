using Splade.AI.Tokenization;
using Splade.Testing.Tokenization;

namespace Splade.AI.Tests.Tokenization;

/// <summary>Ids and offsets equal those of Hugging Face's tokenizers; TestData/reference/README.md tells how the files were made.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("tokens-stress.jsonl", 78)]
    [InlineData("tokens-passages.jsonl", 26)]
    public void Encode_SpladeTiny_EqualsReference(string file, int texts) =>
        AssertAgrees(Tokenizer.Load(TokenizerVariant.SpladeTinyPath), file, texts);

    [Theory]
    [InlineData("random-bert-sum", 86)]
    [InlineData("random-distilbert-cased", 86)]
    [InlineData("random-roberta-bpe", 86)]
    [InlineData("random-modernbert-bpe", 86)]
    [InlineData("random-xlmr-unigram", 86)]
    public void Encode_FixtureModel_EqualsReference(string model, int texts) =>
        AssertAgrees(Tokenizer.Load(TokenizerVariant.PathOf(model)), $"{model}.jsonl", texts);

    [Theory]
    [InlineData("published")]
    [InlineData("cased")]
    [InlineData("lower-with-accents")]
    [InlineData("cased-without-accents")]
    [InlineData("no-clean")]
    [InlineData("no-chinese")]
    [InlineData("no-normalizer")]
    [InlineData("normalizer-off")]
    [InlineData("added-tokens")]
    [InlineData("added-tokens-cased")]
    [InlineData("bpe-published")]
    [InlineData("bpe-added-tokens")]
    [InlineData("bpe-prefix-space")]
    [InlineData("bpe-prefix-space-untrimmed")]
    [InlineData("bpe-prefix-space-trimmed-anyway")]
    [InlineData("bpe-modernbert")]
    [InlineData("bpe-modernbert-added-tokens")]
    [InlineData("bpe-nfd")]
    [InlineData("bpe-nfkc")]
    [InlineData("bpe-nfkd-stripped")]
    [InlineData("bpe-llama3")]
    [InlineData("bpe-qwen")]
    [InlineData("bpe-digits")]
    [InlineData("bpe-no-regex")]
    [InlineData("bpe-characters")]
    [InlineData("bpe-characters-fused")]
    [InlineData("bpe-byte-fallback")]
    [InlineData("bpe-no-pre-tokenizer")]
    [InlineData("unigram-published")]
    [InlineData("unigram-added-tokens")]
    [InlineData("unigram-metaspace-first")]
    [InlineData("unigram-metaspace-never")]
    [InlineData("unigram-metaspace-whole")]
    [InlineData("unigram-albert")]
    [InlineData("unigram-t5")]
    [InlineData("unigram-byte-fallback")]
    [InlineData("unigram-nmt-nfkc")]
    [InlineData("unigram-split-removed")]
    [InlineData("unigram-nfd-precompiled")]
    [InlineData("wordpiece-roberta-processing")]
    [InlineData("wordpiece-nfkc-lower")]
    [InlineData("wordpiece-merged")]
    [InlineData("overlapping-tokens")]
    [InlineData("bpe-overlapping-tokens")]
    [InlineData("unigram-overlapping-tokens")]
    public void Encode_VariantOnGeneratedTexts_EqualsReference(string variant) =>
        AssertAgrees(TokenizerVariant.Load(variant), $"tokens-generated-{variant}.jsonl", 50);

    [SharedFact]
    public void Encode_Cranfield_EqualsReference() => AssertAgrees(
        Tokenizer.Load(TokenizerVariant.SpladeTinyPath), Path.Combine(Repository.Shared!, "reference", "cranfield-tokens.jsonl"), 100);

    private static void AssertAgrees(Tokenizer tokenizer, string file, int texts)
    {
        IReadOnlyList<TokenReference> references = TokenReference.Read(Path.Combine(Repository.TestData, "reference", file));
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
