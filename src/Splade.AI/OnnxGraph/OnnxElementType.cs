namespace Splade.AI.OnnxGraph;

/// <summary>The type of a tensor's numbers, under the schema's numbers. Others pass through unnamed.</summary>
internal enum OnnxElementType
{
    Undefined = 0,
    Float = 1,
    UInt8 = 2,
    Int8 = 3,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Double = 11,
    BFloat16 = 16,
}
