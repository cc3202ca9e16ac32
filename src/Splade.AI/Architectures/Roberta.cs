using Splade.AI.Architectures.Settings;
using Splade.AI.Architectures.Tables;

namespace Splade.AI.Architectures;

/// <summary>RoBERTa (Liu et al., 2019), and CamemBERT and XLM-RoBERTa, which are the same: BERT whose positions count past the padding.</summary>
internal static class Roberta
{
    private static readonly EncoderSizes Base = new(50265, 768, 12, 12, 3072, Activation.Gelu, 1e-12);

    public static Architecture Describe(ModelConfig config)
    {
        Requirements.RequireNoCode(config);
        EncoderSizes size = Bert.ReadSizes(config, Base);
        EmbeddingSum embeddings = Bert.Embeddings(config, size, types: 2);
        return new Architecture
        {
            Prefixes = ["roberta.", "xlm-roberta.", "camembert."],
            Roots = ["embeddings", "encoder", "pooler"],
            Embeddings = embeddings with
            {
                PaddingToken = config.Count("pad_token_id", 1, least: 0, most: Math.Min(size.Vocabulary, embeddings.Position!.Rows) - 1),
            },
            Layers = Bert.Layers(size),
            MaskedHead = new MaskedHead(
                ["lm_head."],
                new DenseLayer("lm_head.dense", size.Hidden, size.Hidden),
                Activation.Gelu,
                new NormLayer("lm_head.layer_norm", size.Hidden, size.Epsilon),
                new LookupTable("lm_head.decoder", size.Vocabulary, size.Hidden),
                ["lm_head.decoder.bias", "lm_head.bias"],
                config.Flag("tie_word_embeddings", fallback: true)),
            ClassificationHead = new ClassificationHead(
                ["classifier."], new DenseLayer("classifier.dense", size.Hidden, size.Hidden), Activation.Tanh, "classifier.out_proj"),
        };
    }
}
