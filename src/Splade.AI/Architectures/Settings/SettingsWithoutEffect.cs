using System.Collections.Frozen;

namespace Splade.AI.Architectures.Settings;

/// <summary>Settings of transformers' configurations that change nothing of what a trained encoder computes.</summary>
internal static class SettingsWithoutEffect
{
    // Where the model comes from, and how it is loaded. The weights' own header says their type.
    private static readonly string[] Origin =
    [
        "_name_or_path", "_commit_hash", "name_or_path", "transformers_version", "torch_dtype", "dtype", "use_bfloat16", "torchscript", "tf_legacy_loss",
        "attn_implementation", "_attn_implementation", "_attn_implementation_autoset", "reference_compile", "tokenizer_class", "language", "license",
        "sentence_transformers", "sbert_ce_default_activation_function", "sbert_ce_default_activation_function_kwargs", "model_max_length",
    ];

    // What only training reads.
    private static readonly string[] Training =
    [
        "initializer_range", "initializer_cutoff_factor", "attention_probs_dropout_prob", "hidden_dropout_prob", "attention_dropout", "dropout",
        "embedding_dropout", "mlp_dropout", "classifier_dropout", "qa_dropout", "seq_classif_dropout", "layerdrop", "gradient_checkpointing",
        "sparse_prediction", "sparse_pred_ignore_index", "finetuning_task", "problem_type", "deterministic_flash_attn", "repad_logits_with_grad",
    ];

    // What is given back besides, how work is cut into pieces, and what only models that write text read.
    private static readonly string[] Output =
    [
        "output_attentions", "output_hidden_states", "output_past", "output_scores", "return_dict", "return_dict_in_generate", "use_cache",
        "chunk_size_feed_forward", "cross_attention_hidden_size", "tie_encoder_decoder", "task_specific_params", "prefix", "max_length", "min_length",
        "do_sample", "early_stopping", "num_beams", "num_beam_groups", "diversity_penalty", "temperature", "top_k", "top_p", "typical_p",
        "repetition_penalty", "length_penalty", "no_repeat_ngram_size", "encoder_no_repeat_ngram_size", "bad_words_ids", "num_return_sequences",
        "forced_bos_token_id", "forced_eos_token_id", "remove_invalid_values", "exponential_decay_length_penalty", "suppress_tokens",
        "begin_suppress_tokens", "decoder_start_token_id",
    ];

    // Special tokens are the tokenizer's, and labels have names for users. BERT's pooler is square, whatever the oldest files say of it.
    private static readonly string[] TokensAndLabels =
    [
        "bos_token_id", "eos_token_id", "cls_token_id", "sep_token_id", "mask_token_id", "unk_token_id", "pad_token_id", "id2label", "label2id",
        "num_labels", "_num_labels", "directionality",
        "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type",
    ];

    public static IReadOnlySet<string> Names { get; } = FrozenSet.ToFrozenSet([.. Origin, .. Training, .. Output, .. TokensAndLabels], StringComparer.Ordinal);
}
