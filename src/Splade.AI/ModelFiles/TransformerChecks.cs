using Splade.AI.Tokenization;

namespace Splade.AI.ModelFiles;

/// <summary>What the files of a transformer must agree on before it is run.</summary>
internal static class TransformerChecks
{
    /// <exception cref="SpladeModelException">
    /// The tokenizer gives ids that the model does not have, or reads texts in another way than the model was made for.
    /// </exception>
    public static void Require(TransformerFolder files, Tokenizer tokenizer)
    {
        files.TokenizerConfig.RequireAgreement(tokenizer.Facts, tokenizer.Template.BeforeCount, tokenizer.Template.AfterCount);
        if (tokenizer.Facts.HasTokenTypes)
        {
            throw new SpladeModelException(
                "The template of post_processor gives tokens of a single text another type_id than 0, expected 0 for all: the model is fed no other.",
                files.TokenizerFile);
        }

        if (files.VocabularySize is int size && tokenizer.Vocabulary.Count > size)
        {
            throw new SpladeModelException(
                $"The vocabulary has {tokenizer.Vocabulary.Count} tokens, but config.json says 'vocab_size' {size}. tokenizer.json belongs to another model.",
                files.TokenizerFile);
        }

        if (files.PadTokenId < 0 || files.PadTokenId >= tokenizer.Vocabulary.Count)
        {
            throw new SpladeModelException(
                $"config.json says 'pad_token_id' {files.PadTokenId}, but the vocabulary has {tokenizer.Vocabulary.Count} tokens.", files.TokenizerFile);
        }

        if (files.LowerCases && !tokenizer.Encode("A").Ids.SequenceEqual(tokenizer.Encode("a").Ids))
        {
            throw new SpladeModelException(
                "'do_lower_case' is true beside a tokenizer that knows case. Put a Lowercase normaliser into tokenizer.json instead.", files.TokenizerFile);
        }
    }
}
