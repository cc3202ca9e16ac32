namespace Splade.AI.OnnxGraph;

/// <summary>Numbers of the fields that are looked at, from the schema onnx/onnx.proto.</summary>
internal static class OnnxFields
{
    public static class Model
    {
        public const int IrVersion = 1;
        public const int Producer = 2;
        public const int Graph = 7;
        public const int OpsetImport = 8;
    }

    public static class Opset
    {
        public const int Domain = 1;
        public const int Version = 2;
    }

    public static class Graph
    {
        public const int Node = 1;
        public const int Name = 2;
        public const int Initializer = 5;
        public const int Input = 11;
        public const int Output = 12;
        public const int ValueInfo = 13;
    }

    public static class Node
    {
        public const int Input = 1;
        public const int Output = 2;
        public const int Name = 3;
        public const int OpType = 4;
        public const int Attribute = 5;
        public const int Domain = 7;
    }

    public static class Attribute
    {
        public const int Name = 1;
        public const int Float = 2;
        public const int Int = 3;
        public const int Tensor = 5;
        public const int Graph = 6;
        public const int Ints = 8;
        public const int Graphs = 11;
        public const int Type = 20;
    }

    public static class Tensor
    {
        public const int Dimensions = 1;
        public const int ElementType = 2;
        public const int FloatData = 4;
        public const int Int32Data = 5;
        public const int StringData = 6;
        public const int Int64Data = 7;
        public const int Name = 8;
        public const int RawData = 9;
        public const int DoubleData = 10;
        public const int UInt64Data = 11;
        public const int ExternalData = 13;
        public const int DataLocation = 14;
    }

    public static class Entry
    {
        public const int Key = 1;
        public const int Value = 2;
    }

    public static class Value
    {
        public const int Name = 1;
        public const int Type = 2;
    }

    public static class Type
    {
        public const int Tensor = 1;
        public const int ElementType = 1;
        public const int Shape = 2;
        public const int Dimension = 1;
        public const int DimensionValue = 1;
        public const int DimensionName = 2;
    }
}
